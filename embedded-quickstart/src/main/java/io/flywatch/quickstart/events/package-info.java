/** Reads what the services tell each other. */
@NullMarked
package io.flywatch.quickstart.events;

import org.jspecify.annotations.NullMarked;

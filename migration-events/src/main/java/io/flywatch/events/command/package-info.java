/** Orders to the runner. */
@NullMarked
package io.flywatch.events.command;

import org.jspecify.annotations.NullMarked;

/** What a run did and how far it is. */
@NullMarked
package io.flywatch.events.progress;

import org.jspecify.annotations.NullMarked;

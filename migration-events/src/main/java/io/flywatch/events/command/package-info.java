/** Orders to the runner and the processor. */
@NullMarked
package io.flywatch.events.command;

import org.jspecify.annotations.NullMarked;

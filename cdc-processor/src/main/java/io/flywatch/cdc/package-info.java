/** Applies a source's change events to its target, in order and once, and measures how far the target is behind. */
@NullMarked
package io.flywatch.cdc;

import org.jspecify.annotations.NullMarked;

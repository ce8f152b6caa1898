/** Records that could not be applied: which are open, in what order they wait, and how they were settled. */
@NullMarked
package io.flywatch.cdc.letter;

import org.jspecify.annotations.NullMarked;

/** Tests of the processor as a whole, and what they share. */
@NullMarked
package io.flywatch.cdc;

import org.jspecify.annotations.NullMarked;

/** Tests. */
@NullMarked
package io.flywatch.cdc.change;

import org.jspecify.annotations.NullMarked;

/** Tests. */
@NullMarked
package io.flywatch.cdc.apply;

import org.jspecify.annotations.NullMarked;

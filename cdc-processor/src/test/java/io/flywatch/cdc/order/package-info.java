/** Tests. */
@NullMarked
package io.flywatch.cdc.order;

import org.jspecify.annotations.NullMarked;

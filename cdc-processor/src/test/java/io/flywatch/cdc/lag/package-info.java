/** Tests. */
@NullMarked
package io.flywatch.cdc.lag;

import org.jspecify.annotations.NullMarked;

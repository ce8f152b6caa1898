/** Tests. */
@NullMarked
package io.flywatch.cdc.position;

import org.jspecify.annotations.NullMarked;

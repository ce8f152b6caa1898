/** Whether source and target are equal, found while both change. */
@NullMarked
package io.flywatch.cdc.verify;

import org.jspecify.annotations.NullMarked;

/** How far a partition has been applied, and where to go on from. */
@NullMarked
package io.flywatch.cdc.position;

import org.jspecify.annotations.NullMarked;

/** A replication that is broken in every way while it is written to, and compared afterwards. */
@NullMarked
package io.flywatch.system.faults.cdc;

import org.jspecify.annotations.NullMarked;

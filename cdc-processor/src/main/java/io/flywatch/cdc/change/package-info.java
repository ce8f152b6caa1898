/** What happened to one row at the source, read from Debezium's envelope. */
@NullMarked
package io.flywatch.cdc.change;

import org.jspecify.annotations.NullMarked;

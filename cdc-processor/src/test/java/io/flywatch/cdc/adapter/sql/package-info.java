/** SQL targets against real servers. */
@NullMarked
package io.flywatch.cdc.adapter.sql;

import org.jspecify.annotations.NullMarked;

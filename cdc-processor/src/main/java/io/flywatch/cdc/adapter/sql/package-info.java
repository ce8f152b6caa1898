/** PostgreSQL, MySQL and MariaDB as targets. */
@NullMarked
package io.flywatch.cdc.adapter.sql;

import org.jspecify.annotations.NullMarked;

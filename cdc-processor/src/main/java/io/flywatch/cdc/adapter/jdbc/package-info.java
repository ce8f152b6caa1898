/** Asks SQL sources for their clock. */
@NullMarked
package io.flywatch.cdc.adapter.jdbc;

import org.jspecify.annotations.NullMarked;

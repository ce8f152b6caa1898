/** Looks at sources, tested. */
@NullMarked
package io.flywatch.cdc.adapter.jdbc;

import org.jspecify.annotations.NullMarked;

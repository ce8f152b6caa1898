/** Reads the tables that are verified. */
@NullMarked
package io.flywatch.cdc.adapter.verify;

import org.jspecify.annotations.NullMarked;

/** Rows that become elements of arrays in the documents of other rows, whatever the order in which both change. */
@NullMarked
package io.flywatch.cdc.embed;

import org.jspecify.annotations.NullMarked;

/** What becomes of a table's columns on their way: renamed, dropped, cast or masked. */
@NullMarked
package io.flywatch.cdc.mapping;

import org.jspecify.annotations.NullMarked;

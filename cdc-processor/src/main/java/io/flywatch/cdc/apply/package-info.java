/** What a target must promise, and what becomes of a batch that it is given. */
@NullMarked
package io.flywatch.cdc.apply;

import org.jspecify.annotations.NullMarked;

/** What every target must promise, as one suite that runs over each of them. */
@NullMarked
package io.flywatch.cdc.target;

import org.jspecify.annotations.NullMarked;

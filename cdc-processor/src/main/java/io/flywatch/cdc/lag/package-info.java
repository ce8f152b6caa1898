/** How far behind a target is, where the time goes, and what state a pipeline is in. */
@NullMarked
package io.flywatch.cdc.lag;

import org.jspecify.annotations.NullMarked;

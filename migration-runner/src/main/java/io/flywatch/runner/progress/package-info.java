/** Rates, totals and the time left, computed from counts. */
@NullMarked
package io.flywatch.runner.progress;

import org.jspecify.annotations.NullMarked;

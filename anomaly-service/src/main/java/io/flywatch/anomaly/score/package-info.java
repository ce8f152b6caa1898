/** Scores one series point by point: what was expected, and how unlike the recent past a point is. */
@NullMarked
package io.flywatch.anomaly.score;

import org.jspecify.annotations.NullMarked;

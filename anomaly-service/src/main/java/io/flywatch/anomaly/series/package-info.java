/** Numbers over time: what a migration's samples say, series by series. */
@NullMarked
package io.flywatch.anomaly.series;

import org.jspecify.annotations.NullMarked;

/** Tests of {@code series}. */
@NullMarked
package io.flywatch.anomaly.series;

import org.jspecify.annotations.NullMarked;

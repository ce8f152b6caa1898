/** Tests of the scoring of single series. */
@NullMarked
package io.flywatch.anomaly.score;

import org.jspecify.annotations.NullMarked;

/** Tests of the anomaly-service as a whole. */
@NullMarked
package io.flywatch.anomaly;

import org.jspecify.annotations.NullMarked;

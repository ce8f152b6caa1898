/** Tests of {@code detect}. */
@NullMarked
package io.flywatch.anomaly.detect;

import org.jspecify.annotations.NullMarked;

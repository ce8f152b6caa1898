/** Tests of {@code episode}. */
@NullMarked
package io.flywatch.anomaly.episode;

import org.jspecify.annotations.NullMarked;

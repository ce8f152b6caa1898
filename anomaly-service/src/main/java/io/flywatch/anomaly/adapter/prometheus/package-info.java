/** Asks Prometheus. */
@NullMarked
package io.flywatch.anomaly.adapter.prometheus;

import org.jspecify.annotations.NullMarked;

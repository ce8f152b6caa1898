/** Takes anomalies from Kafka. */
@NullMarked
package io.flywatch.alerts.adapter.kafka;

import org.jspecify.annotations.NullMarked;

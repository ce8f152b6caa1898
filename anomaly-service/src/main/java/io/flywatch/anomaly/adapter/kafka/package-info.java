/** Reads the statistics from Kafka, rebuilds what is known after a restart, and publishes anomalies. */
@NullMarked
package io.flywatch.anomaly.adapter.kafka;

import org.jspecify.annotations.NullMarked;

/** Reads changes and pipelines from Kafka; writes dead letters and lag samples to it. */
@NullMarked
package io.flywatch.cdc.adapter.kafka;

import org.jspecify.annotations.NullMarked;

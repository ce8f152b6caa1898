/** Tests of what is read from Kafka. */
@NullMarked
package io.flywatch.runner.adapter.kafka;

import org.jspecify.annotations.NullMarked;

/** Tests of what is read from and written to Kafka. */
@NullMarked
package io.flywatch.cdc.adapter.kafka;

import org.jspecify.annotations.NullMarked;

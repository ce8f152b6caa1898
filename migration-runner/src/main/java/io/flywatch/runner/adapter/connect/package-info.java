/** Debezium connectors at Kafka Connect. */
@NullMarked
package io.flywatch.runner.adapter.connect;

import org.jspecify.annotations.NullMarked;

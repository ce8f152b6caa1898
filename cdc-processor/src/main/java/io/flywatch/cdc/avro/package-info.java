/** Messages in Avro, told as the JSON messages that Kafka Connect would have written of the same records. */
@NullMarked
package io.flywatch.cdc.avro;

import org.jspecify.annotations.NullMarked;

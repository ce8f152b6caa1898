package io.flywatch.cdc.position;

/**
 * What Kafka has of a partition.
 *
 * @param topicId Kafka's id of the topic; empty if unknown
 * @param begin the first record that is still there
 * @param end behind the last record
 * @param partitions how many partitions the topic has
 */
public record LogRange(String topicId, long begin, long end, int partitions) {}

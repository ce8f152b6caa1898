package io.flywatch.cdc.position;

/**
 * A partition of a topic of changes.
 *
 * @param pipeline whose changes it carries
 */
public record PartitionId(String pipeline, String topic, int partition) {
    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}

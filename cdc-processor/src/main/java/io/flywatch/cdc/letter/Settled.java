package io.flywatch.cdc.letter;

import io.flywatch.cdc.position.PartitionId;

/**
 * Records of a key are settled.
 *
 * @param from the partition of changes
 * @param key what tells the key from others
 * @param through the offset of the last record that is settled; those of the key before it are, too
 * @param how in one word
 * @param by who did it
 */
public record Settled(PartitionId from, String runId, String key, long through, How how, String by) {

    /** How a record is settled. */
    public enum How {
        /** It was applied after all. */
        REPLAYED,
        /** A person decided to do without it. */
        DISCARDED
    }
}

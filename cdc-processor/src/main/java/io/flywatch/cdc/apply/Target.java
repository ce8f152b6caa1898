package io.flywatch.cdc.apply;

import io.flywatch.cdc.position.PartitionId;
import io.flywatch.cdc.position.Position;

/**
 * A database that changes are applied to, with the positions they have reached. Safe for several threads, of which each has
 * partitions of its own. It never throws for what the database or the network does.
 */
public interface Target {

    /** Takes a partition: from now on whatever another replica still has in flight for it is rejected. */
    Taken take(PartitionId id, String runId);

    /** Sets where a partition that was just taken begins. */
    Outcome begin(PartitionId id, long epoch, Position position);

    /** Applies a batch and moves the position on. */
    Outcome apply(Batch batch);

    /** What it can promise. */
    Guarantee guarantee();

    /** Whether rows can become elements of arrays in it. */
    default boolean embeds() {
        return false;
    }
}

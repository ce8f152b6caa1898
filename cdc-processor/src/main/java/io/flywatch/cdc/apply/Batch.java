package io.flywatch.cdc.apply;

import io.flywatch.cdc.order.Folded;
import io.flywatch.cdc.position.PartitionId;
import io.flywatch.cdc.position.Position;
import java.util.Map;
import java.util.Set;

/**
 * What is applied at once: all of it takes effect or nothing, where the target can do that.
 *
 * @param epoch what the partition was taken with; a later one at the target rejects this batch
 * @param before the position that the target must be at
 * @param after the position that the target is at with this batch
 * @param released texts of keys that are no longer parked; let go of before {@code parked} is written
 * @param parked keys that are parked from now on, or that more records wait of, by their texts
 */
public record Batch(
        PartitionId id,
        long epoch,
        Route route,
        Folded folded,
        Position before,
        Position after,
        Set<String> released,
        Map<String, Parking> parked) {
    public Batch {
        released = Set.copyOf(released);
        parked = Map.copyOf(parked);
    }
}

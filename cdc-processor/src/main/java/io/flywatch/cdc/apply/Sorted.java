package io.flywatch.cdc.apply;

import io.flywatch.cdc.change.Operation;
import io.flywatch.cdc.change.Stamps;
import io.flywatch.cdc.order.Folded;
import io.flywatch.cdc.position.Position;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a batch of records comes to.
 *
 * @param letters records that can't be applied
 * @param released texts of keys that are no longer parked, as their rows are gone by a truncate
 * @param parked keys that are parked from now on, or that more records wait of, by their texts
 * @param after the position with this batch
 * @param operations how many changes of each sort it applies
 * @param streamed stamps of the changes that it applies, rows of a snapshot left out
 * @param lastOfSnapshot whether the snapshot's last row is in it
 * @param unavailable large values that its changes left as they were
 * @param impassable why the record behind this batch can't be passed; null if it can
 */
public record Sorted(
        Folded folded,
        List<DeadLetter> letters,
        Set<String> released,
        Map<String, Parking> parked,
        Position after,
        Map<Operation, Long> operations,
        List<Stamps> streamed,
        boolean lastOfSnapshot,
        long unavailable,
        @Nullable String impassable) {}

package io.flywatch.cdc.verify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Another look at suspects, on both sides. What looks equal as soon as the pipeline seems to have caught up is equal; only for what does
 * not, the proof is waited for that the pipeline has.
 */
final class Look {
    private final SourceTable source;
    private final TargetTable target;
    private final Surroundings world;

    Look(SourceTable source, TargetTable target, Surroundings world) {
        this.source = source;
        this.target = target;
        this.world = world;
    }

    /**
     * What was seen.
     *
     * @param unproved why nothing could be proved; null if it could
     */
    record Seen(Map<RowKey, Recheck> rows, @Nullable String unproved) {

        Recheck of(RowKey key) {
            return rows.getOrDefault(key, new Recheck.Equal());
        }
    }

    Seen at(List<RowKey> keys) {
        Map<RowKey, RowImage> before = source.read(keys);
        Moment committed = source.moment();
        world.awaitLikelyApplied(committed);
        Map<RowKey, Recheck> rows = judged(keys, before);
        List<RowKey> doubtful = rows.entrySet().stream()
                .filter(row -> row.getValue().needsProof())
                .map(Map.Entry::getKey)
                .toList();
        if (doubtful.isEmpty()) {
            return new Seen(rows, null);
        }
        Optional<String> unproved = world.awaitApplied(committed);
        judged(doubtful, before)
                .forEach((key, again) ->
                        rows.put(key, unproved.isPresent() && again.needsProof() ? new Recheck.Unproved() : again));
        return new Seen(rows, unproved.orElse(null));
    }

    private Map<RowKey, Recheck> judged(List<RowKey> keys, Map<RowKey, RowImage> before) {
        Map<RowKey, RowImage> there = target.read(keys);
        Map<RowKey, RowImage> after = source.read(keys);
        Map<RowKey, Recheck> rows = new HashMap<>();
        keys.forEach(key -> rows.put(key, Recheck.judge(key, before.get(key), there.get(key), after.get(key))));
        return rows;
    }
}

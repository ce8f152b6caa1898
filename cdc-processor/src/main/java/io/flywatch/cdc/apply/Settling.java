package io.flywatch.cdc.apply;

import io.flywatch.cdc.change.Captured;
import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.Decoded;
import io.flywatch.cdc.change.SourcePosition;
import io.flywatch.cdc.order.Fold;
import io.flywatch.cdc.order.Folded;
import io.flywatch.cdc.position.Counts;
import io.flywatch.cdc.position.Position;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What replaying or discarding the records of a parked key comes to. The key's records are taken in their order, from the first one
 * on; the position of the partition stays where it is, as all of them are before it.
 */
public sealed interface Settling {

    /**
     * It can be written.
     *
     * @param through the offset of the last record that is settled with it
     * @param settled how many records are
     * @param left how many still wait
     */
    record Ready(
            Folded folded,
            Position after,
            Set<String> released,
            Map<String, Parking> parked,
            long through,
            int settled,
            int left)
            implements Settling {
        public Ready {
            released = Set.copyOf(released);
            parked = Map.copyOf(parked);
        }
    }

    /** Nothing can be done: why, for a person. */
    record Impossible(String reason) implements Settling {}

    /**
     * A key's records that wait.
     *
     * @param offsets of all of them, in order
     * @param items the first of them, as many as are to be settled at once
     */
    record Waiting(String key, List<Long> offsets, List<Sorter.Item> items) {
        public Waiting {
            offsets = List.copyOf(offsets);
            items = List.copyOf(items);
        }
    }

    /** Replays a key's records up to the first one that can't be read. */
    static Settling replay(Waiting waiting, Map<String, Parking> parked, Position before) {
        Fold fold = new Fold();
        SourcePosition last = null;
        int applied = 0;
        for (Sorter.Item item : waiting.items()) {
            if (item.decoded() instanceof Decoded.Unreadable unreadable) {
                return applied == 0
                        ? new Impossible("It still can't be read: " + unreadable.reason())
                        : ready(waiting, applied, fold.result(), before);
            }
            if (item.decoded() instanceof Decoded.Of(Captured captured)) {
                String first = heldBackBy(captured.change(), waiting.key(), parked);
                if (first != null) {
                    return new Impossible(
                            "The row came from another key whose records wait, too. Replay those first: " + first);
                }
                last = add(fold, captured, last);
            }
            applied++;
        }
        return ready(waiting, applied, fold.result(), before);
    }

    /** The connector repeats itself after a failure: what came before is not taken again. */
    private static @Nullable SourcePosition add(Fold fold, Captured captured, @Nullable SourcePosition last) {
        SourcePosition place = captured.position();
        if (place != null && last != null && place.compareTo(last) < 0) {
            return last;
        }
        fold.add(captured.change());
        return place == null ? last : place;
    }

    private static @Nullable String heldBackBy(Change change, String key, Map<String, Parking> parked) {
        if (!(change instanceof Change.Put put) || put.movedFrom() == null) {
            return null;
        }
        String from = put.movedFrom().text();
        return from.equals(key) || !parked.containsKey(from) ? null : from;
    }

    /** Does without a key's first record. */
    static Settling discard(Waiting waiting, Position before) {
        return ready(waiting, 1, new Fold().result(), before);
    }

    private static Settling ready(Waiting waiting, int settled, Folded folded, Position before) {
        int left = waiting.offsets().size() - settled;
        long applied = folded.isEmpty() ? 0 : settled;
        Counts counts = before.counts().plus(new Counts(0, applied, 0, -settled, 0));
        Position after = new Position(
                before.offset(),
                before.runId(),
                before.topicId(),
                before.source(),
                before.sourceTime(),
                before.streaming(),
                counts);
        Map<String, Parking> parked = left == 0
                ? Map.of()
                : Map.of(waiting.key(), new Parking(waiting.offsets().get(settled), left));
        Set<String> released = left == 0 ? Set.of(waiting.key()) : Set.of();
        long through = waiting.offsets().get(settled - 1);
        return new Ready(folded, after, released, parked, through, settled, left);
    }
}

package io.flywatch.cdc.apply;

import io.flywatch.cdc.apply.DeadLetter.Kind;
import io.flywatch.cdc.change.Captured;
import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.Decoded;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Operation;
import io.flywatch.cdc.change.SourcePosition;
import io.flywatch.cdc.change.Stamps;
import io.flywatch.cdc.order.Fold;
import io.flywatch.cdc.position.Counts;
import io.flywatch.cdc.position.Position;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sorts a batch of one partition's records into what is applied, what is left out, and what goes to the dead letters. */
public final class Sorter {

    private static final String TRUNCATE_ACROSS_PARTITIONS =
            "The table was truncated at the source, and its topic has several"
                    + " partitions, so that other rows' changes may be before or behind the truncate. Nothing was skipped. Empty the target's"
                    + " table and start a new run, with topics of one partition.";

    private final Position before;
    private final boolean canTruncate;
    private final Map<String, Parking> waiting;
    private final Map<Key, String> refused;

    private final Fold fold = new Fold();
    private final List<DeadLetter> letters = new ArrayList<>();
    private final Map<String, Parking> parked = new HashMap<>();
    private final Set<String> released = new HashSet<>();
    private final Map<Operation, Long> operations = new EnumMap<>(Operation.class);
    private final List<Stamps> streamed = new ArrayList<>();
    private @Nullable SourcePosition source;
    private @Nullable Long sourceTime;
    private long stale;
    private long settled;
    private long unavailable;
    private boolean lastOfSnapshot;

    /**
     * A sorter for one batch.
     *
     * @param canTruncate whether the topic's only partition is this one
     * @param parked the keys that are parked already
     * @param refused what the target refused of this very batch, and why
     */
    public Sorter(Position before, boolean canTruncate, Map<String, Parking> parked, Map<Key, String> refused) {
        this.before = before;
        this.canTruncate = canTruncate;
        this.waiting = new HashMap<>(parked);
        this.refused = refused;
        this.source = before.source();
        this.sourceTime = before.sourceTime();
    }

    /** One record and what it turned out to be. */
    public record Item(Inbound record, Decoded decoded) {}

    /** Sorts the records, which are given in order. */
    public Sorted sort(List<Item> items) {
        long next = before.offset();
        for (Item item : items) {
            if (!canTruncate && isTruncate(item.decoded())) {
                return result(next, TRUNCATE_ACROSS_PARTITIONS);
            }
            take(item);
            next = item.record().offset() + 1;
        }
        return result(next, null);
    }

    private static boolean isTruncate(Decoded decoded) {
        return decoded instanceof Decoded.Of of && of.captured().change() instanceof Change.Truncate;
    }

    private void take(Item item) {
        switch (item.decoded()) {
            case Decoded.Nothing nothing -> {}
            case Decoded.Unreadable unreadable -> letter(item, Kind.UNREADABLE, unreadable.key(), unreadable.reason());
            case Decoded.Of of -> change(item, of.captured());
        }
    }

    private void change(Item item, Captured captured) {
        if (isStale(captured)) {
            stale++;
        } else if (!isHeldBack(item, captured.change())) {
            apply(captured);
        }
    }

    /**
     * The connector repeats itself after a failure; what was applied once must not take the target back in time. Nor must a row that an
     * incremental snapshot read before it, which a worker that was given up may still send.
     */
    private boolean isStale(Captured captured) {
        return captured.position() != null
                && source != null
                && captured.position().isBefore(source);
    }

    private boolean isHeldBack(Item item, Change change) {
        return switch (change) {
            case Change.Put put -> isHeldBack(item, put.key(), put.movedFrom());
            case Change.Delete delete -> isHeldBack(item, delete.key(), null);
            case Change.Truncate truncate -> {
                release();
                yield false;
            }
        };
    }

    /** The rows that waited are gone at the source, so nothing of them is to be applied any more. */
    private void release() {
        settled += waiting.values().stream().mapToLong(Parking::letters).sum();
        released.addAll(waiting.keySet());
        waiting.clear();
        parked.clear();
    }

    private boolean isHeldBack(Item item, Key key, @Nullable Key movedFrom) {
        if (refused.isEmpty() && waiting.isEmpty()) {
            return false;
        }
        String text = key.text();
        if (isParked(text)) {
            letter(item, Kind.PARKED, text, "an earlier change of this key is in the dead letters");
            return true;
        }
        if (movedFrom != null && isParked(movedFrom.text())) {
            letter(item, Kind.PARKED, text, "the row's key was changed while its old key was parked");
            return true;
        }
        String reason = refused.get(key);
        if (reason != null) {
            letter(item, Kind.REFUSED, text, reason);
            return true;
        }
        return false;
    }

    private boolean isParked(String key) {
        return waiting.containsKey(key);
    }

    /** A record without a key waits alone. */
    private void letter(Item item, Kind kind, String keyText, String reason) {
        String key = keyText.isEmpty() ? "record:" + item.record().offset() : keyText;
        letters.add(new DeadLetter(item.record(), kind, key, reason));
        Parking known = waiting.get(key);
        Parking now = known == null ? Parking.first(item.record().offset()) : known.more();
        waiting.put(key, now);
        parked.put(key, now);
    }

    private void apply(Captured captured) {
        fold.add(captured.change());
        if (captured.change() instanceof Change.Put put && !put.row().isComplete()) {
            unavailable += put.row().unavailable();
        }
        operations.merge(captured.operation(), 1L, Long::sum);
        lastOfSnapshot |= captured.lastOfSnapshot();
        if (!captured.isSnapshot()) {
            if (captured.position() != null) {
                source = captured.position();
            }
            streamed.add(captured.stamps());
            long committed = captured.stamps().committed();
            if (committed != Stamps.UNKNOWN && (sourceTime == null || committed > sourceTime)) {
                sourceTime = committed;
            }
        }
    }

    private Sorted result(long next, @Nullable String impassable) {
        long snapshotRows = operations.getOrDefault(Operation.SNAPSHOT, 0L);
        long unapplied = letters.size();
        Counts more = new Counts(snapshotRows, streamed.size(), unapplied, unapplied - settled, stale);
        Position after = new Position(
                next,
                before.runId(),
                before.topicId(),
                source,
                sourceTime,
                before.streaming() || !streamed.isEmpty(),
                before.counts().plus(more));
        return new Sorted(
                fold.result(),
                letters,
                released,
                parked,
                after,
                operations,
                streamed,
                lastOfSnapshot,
                unavailable,
                impassable);
    }
}

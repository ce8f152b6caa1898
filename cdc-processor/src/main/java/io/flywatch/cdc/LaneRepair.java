package io.flywatch.cdc;

import io.flywatch.cdc.apply.Batch;
import io.flywatch.cdc.apply.Outcome;
import io.flywatch.cdc.apply.Portion;
import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.order.Fold;
import io.flywatch.cdc.verify.AwayException;
import io.flywatch.cdc.verify.RowKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Rows that are written as the source has them now. The source is read while the partition's writer does nothing else: whatever it has
 * applied was committed before, and whatever was committed later it applies later. So nothing newer is overwritten, and what is still on its
 * way ends in what was read or in something newer.
 */
final class LaneRepair implements LaneErrand {
    private final Collection<RowKey> keys;
    private final Function<Collection<RowKey>, Map<RowKey, Change>> source;
    private final CompletableFuture<Set<RowKey>> written = new CompletableFuture<>();
    private boolean cancelled;

    /**
     * A repair.
     *
     * @param source rows as changes that make them so
     */
    LaneRepair(Collection<RowKey> keys, Function<Collection<RowKey>, Map<RowKey, Change>> source) {
        this.keys = List.copyOf(keys);
        this.source = source;
    }

    /** The keys of the rows that were written; fails with an {@link AwayException} if it could not be done now. */
    CompletableFuture<Set<RowKey>> written() {
        return written;
    }

    /** Nobody waits for it any longer: it does nothing from now on. */
    synchronized void cancel() {
        cancelled = true;
    }

    @Override
    public void refuse(String reason) {
        written.completeExceptionally(new AwayException(reason, new IllegalStateException(reason)));
    }

    @Override
    public synchronized Attempt attempt(Lane lane, LaneState.Running running) {
        if (cancelled) {
            return new Attempt.Over();
        }
        try {
            return write(lane, running, changes(running));
        } catch (RuntimeException e) {
            written.completeExceptionally(e);
            return new Attempt.Over();
        }
    }

    /** A key whose records wait in the dead letters is repaired by replaying them. */
    private Map<RowKey, Change> changes(LaneState.Running running) {
        return source.apply(keys).entrySet().stream()
                .filter(change ->
                        !running.parked().containsKey(key(change.getValue()).text()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Key key(Change change) {
        return switch (change) {
            case Change.Put put -> put.key();
            case Change.Delete delete -> delete.key();
            case Change.Truncate truncate -> throw new IllegalArgumentException("a repair is of rows");
        };
    }

    /** All at once, or in portions if the target can't write so many together. */
    private Attempt write(Lane lane, LaneState.Running running, Map<RowKey, Change> changes) {
        Set<Key> refused = new HashSet<>();
        List<RowKey> open = new ArrayList<>(changes.keySet());
        Set<RowKey> done = new HashSet<>();
        Attempt last = new Attempt.Over();
        Portion portion = Portion.WHOLE;
        while (true) {
            open.removeIf(key -> refused.contains(key(Objects.requireNonNull(changes.get(key)))));
            if (open.isEmpty()) {
                written.complete(done);
                return last;
            }
            List<RowKey> part = List.copyOf(open.subList(0, Math.min(open.size(), portion.most())));
            Fold fold = new Fold();
            part.forEach(key -> fold.add(Objects.requireNonNull(changes.get(key))));
            Batch batch = new Batch(
                    lane.id(),
                    running.epoch(),
                    lane.route(),
                    fold.result(),
                    running.position(),
                    running.position(),
                    Set.of(),
                    Map.of());
            switch (lane.pipeline().target().apply(batch)) {
                case Outcome.Refused more when refused.addAll(more.reasons().keySet()) -> {}
                case Outcome.Refused again -> {
                    refuse("the target refuses rows that were left out");
                    return last;
                }
                case Outcome.Applied applied -> {
                    done.addAll(part);
                    open.removeAll(part);
                    last = new Attempt.Applied(batch);
                }
                case Outcome.TooMuch tooMuch when part.size() > 1 -> portion = portion.tooMuch(part.size());
                case Outcome.TooMuch tooMuch -> {
                    refuse("the target can't write a row: " + tooMuch.reason());
                    return last;
                }
                case Outcome.Away away -> {
                    refuse("the target is away: " + away.reason());
                    return last;
                }
                case Outcome.Fenced fenced -> {
                    refuse(fenced.reason());
                    return new Attempt.Lost(fenced.reason());
                }
            }
        }
    }
}

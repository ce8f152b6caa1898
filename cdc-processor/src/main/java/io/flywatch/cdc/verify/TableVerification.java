package io.flywatch.cdc.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares one table while both sides change: chunk by chunk, in short; what differs is looked at closely, and what still differs
 * is looked at again after the pipeline has applied everything that was committed before that look. Its memory does not grow with the
 * table. Not for several threads.
 */
public final class TableVerification {

    private final SourceTable source;
    private final TargetTable target;
    private final Limits limits;
    private final Surroundings world;
    private final @Nullable KeyFeed feed;

    /** Keys of the chunk at hand that were found to differ already, when it has to be compared again. */
    private final Set<RowKey> told = new HashSet<>();

    /** A verification of a table as the two databases hold it. */
    public TableVerification(SourceTable source, TargetTable target, Limits limits, Surroundings world) {
        this(source, target, limits, world, null);
    }

    /**
     * A verification of a table, or of some of its rows.
     *
     * @param feed the keys of the rows that are compared; null for all rows
     */
    public TableVerification(
            SourceTable source, TargetTable target, Limits limits, Surroundings world, @Nullable KeyFeed feed) {
        this.feed = feed;
        this.source = source;
        this.target = target;
        this.limits = limits;
        this.world = world;
    }

    /** Does one step, which is to be remembered before the next. */
    public TableState step(TableState state) {
        TableState next = switch (state.phase()) {
            case WAITING -> throw new IllegalStateException("the table has not begun");
            case ROWS -> feed == null ? chunk(state) : fed(feed, state);
            case EXTRAS -> page(state);
            case DONE -> state;
        };
        if (isEnough(next) && !next.isDone()) {
            return next.noted("stopped after " + next.tally().mismatches() + " mismatches: the rest was not compared")
                    .in(Phase.DONE);
        }
        return next;
    }

    /**
     * One chunk. More may differ than is kept: those are settled first, and the chunk is compared again, all in one step, so that what
     * is remembered is always the end of a chunk.
     */
    private TableState chunk(TableState before) {
        TableState state = before;
        told.clear();
        while (true) {
            Optional<RowKey> end = source.boundary(new KeyRange(state.after(), null), limits.chunkRows());
            KeyRange range = new KeyRange(state.after(), end.orElse(null));
            ChunkJoin join = new ChunkJoin(limits.suspects(), told);
            long rows = isInSample(range) ? compare(range, join) : 0;
            List<Suspect> open = new ArrayList<>(state.suspects());
            open.addAll(glance(join.suspects()));
            if (!join.isOverflown()) {
                boolean differs = !join.suspects().isEmpty() || !told.isEmpty();
                Tally tally = state.tally().chunk(rows, differs);
                return after(state.compared(end.orElse(null), tally, open), end.isEmpty());
            }
            state = settle(state.settled(state.tally(), open));
            if (isEnough(state)) {
                return state;
            }
        }
    }

    private TableState after(TableState chunk, boolean last) {
        TableState next = last || chunk.suspects().size() >= limits.suspects() ? settle(chunk) : chunk;
        return last ? next.in(Phase.EXTRAS) : next;
    }

    private boolean isEnough(TableState state) {
        return state.tally().mismatches() >= limits.mismatches();
    }

    /** Rows by their keys: what exists on neither side is equal, too. */
    private TableState fed(KeyFeed keys, TableState state) {
        told.clear();
        KeyPage page = keys.next(state.place(), limits.suspects());
        ChunkJoin join = new ChunkJoin(limits.suspects(), told);
        source.find(page.keys(), join::source);
        target.find(page.keys(), join::target);
        List<Suspect> open = new ArrayList<>(state.suspects());
        open.addAll(glance(join.suspects()));
        boolean differs = !join.suspects().isEmpty();
        Tally tally = foreign(page, state.tally().chunk(page.keys().size(), differs));
        TableState next = state.fed(page.place(), tally, open);
        boolean last = page.place() == null;
        next = last || open.size() >= limits.suspects() ? settle(next) : next;
        return last ? next.in(Phase.DONE) : next;
    }

    /** Whether a chunk is in the sample depends on its place alone, so that a resumed verification takes the same ones. */
    private boolean isInSample(KeyRange range) {
        if (limits.sample() >= 1) {
            return true;
        }
        int hash = range.after() == null ? 0 : range.after().parts().hashCode();
        return Math.floorMod(hash * 0x9E3779B9, 10_000) < limits.sample() * 10_000;
    }

    private long compare(KeyRange range, ChunkJoin join) {
        boolean ordered = target.isOrderedAsSource();
        if (ordered) {
            Optional<Checksum> expected = source.checksum(range);
            if (expected.isPresent() && expected.equals(target.checksum(range))) {
                return expected.get().rows();
            }
        }
        source.scan(range, join::source);
        if (ordered) {
            target.scan(range, join::target);
        } else {
            target.find(List.copyOf(join.unmet()), join::target);
        }
        return join.rows();
    }

    /** A close look at once: what differs in its form alone, or was read at another moment, need not wait. */
    private List<Suspect> glance(List<RowKey> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        Map<RowKey, RowImage> there = target.read(keys);
        Map<RowKey, RowImage> here = source.read(keys);
        return keys.stream()
                .filter(key ->
                        !(Recheck.judge(key, here.get(key), there.get(key), here.get(key)) instanceof Recheck.Equal))
                .map(Suspect::of)
                .toList();
    }

    private TableState page(TableState state) {
        boolean whole = limits.sample() >= 1;
        KeyPage page = target.keys(state.place(), limits.chunkRows());
        List<Suspect> open = new ArrayList<>(state.suspects());
        if (whole) {
            Set<RowKey> known = source.existing(page.keys());
            page.keys().stream()
                    .filter(key -> !known.contains(key))
                    .map(Suspect::of)
                    .forEach(open::add);
        }
        TableState next = state.lookedUp(page.place(), open);
        Tally tally = next.tally();
        if (!page.foreign().isEmpty()) {
            tally = foreign(page, tally);
            next = next.settled(tally, open);
        }
        boolean last = page.place() == null || !whole;
        if (last || open.size() >= limits.suspects()) {
            next = settle(next);
        }
        return last ? next.in(Phase.DONE) : next;
    }

    private Tally foreign(KeyPage page, Tally before) {
        List<Mismatch> extra = page.foreign().stream().map(Mismatch::foreign).toList();
        world.found(extra);
        return before.mismatches(extra);
    }

    /** Looks at the suspects again until each is equal, proved to differ and perhaps repaired, or given up. */
    private TableState settle(TableState state) {
        Tally tally = state.tally();
        TableState settled = state;
        List<Suspect> open = state.suspects();
        while (!open.isEmpty()) {
            Look look = new Look(source, target, world);
            Look.Seen seen = look.at(open.stream().map(Suspect::key).toList());
            Judged judged = new Judged(limits, told, seen);
            open.forEach(judged::add);
            Set<RowKey> repaired = judged.repairable().isEmpty() ? Set.of() : world.repair(judged.repairable());
            List<Mismatch> fresh = judged.proved(repaired);
            world.found(fresh);
            tally = tally.unsettled(judged.unsettled())
                    .repaired(judged.mended())
                    .mismatches(fresh);
            if (seen.unproved() != null) {
                settled = settled.unproved(seen.unproved());
            }
            open = judged.open(repaired);
        }
        return settled.settled(tally, List.of());
    }
}

package io.flywatch.cdc;

import io.flywatch.cdc.apply.Batch;
import io.flywatch.cdc.apply.DeadLetter;
import io.flywatch.cdc.apply.Outcome;
import io.flywatch.cdc.apply.Portion;
import io.flywatch.cdc.apply.Sorted;
import io.flywatch.cdc.apply.Sorter;
import io.flywatch.cdc.change.Key;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A batch that is being applied, until it is. Its dead letters are safe before its position moves, and what the target refuses is
 * taken out and becomes dead letters, too.
 */
final class LaneWork {
    private final Lane lane;
    private final LaneState.Running running;
    private final LaneTools tools;
    private final List<Sorter.Item> all;
    private final List<Sorter.Item> items;
    private final Map<Key, String> refused;
    private final Set<Long> safe;
    private final Sorted sorted;

    private LaneWork(Lane lane, LaneState.Running running, LaneTools tools, Records records, Refusals refusals) {
        this.lane = lane;
        this.running = running;
        this.tools = tools;
        this.all = records.all();
        this.items = records.first();
        this.refused = refusals.reasons();
        this.safe = refusals.safe();
        this.sorted = new Sorter(running.position(), running.canTruncate(), running.parked(), refused).sort(items);
    }

    /**
     * What is known of a batch from earlier attempts.
     *
     * @param reasons what the target refused
     * @param safe offsets of the records that are in the dead letters already
     */
    private record Refusals(Map<Key, String> reasons, Set<Long> safe) {}

    /** Records that were taken together, of which the first ones are written together. */
    private record Records(List<Sorter.Item> all, int count) {
        static Records of(List<Sorter.Item> all, Portion portion) {
            return new Records(all, Math.min(all.size(), portion.most()));
        }

        List<Sorter.Item> first() {
            return all.subList(0, count);
        }
    }

    /** The next batch; null if nothing waits. */
    static @Nullable LaneWork next(Lane lane, LaneState.Running running, LaneAhead ahead, LaneTools tools) {
        List<Sorter.Item> items = ahead.take(running.position().offset());
        return items.isEmpty()
                ? null
                : new LaneWork(
                        lane,
                        running,
                        tools,
                        Records.of(items, lane.trials().portion()),
                        new Refusals(Map.of(), new HashSet<>()));
    }

    /** The offset behind the last record that was taken. */
    long end() {
        return all.getLast().record().offset() + 1;
    }

    /** How many records are written together. */
    int records() {
        return items.size();
    }

    /** Whether it can't be any smaller. */
    boolean isSingle() {
        return items.size() == 1;
    }

    /** Of the same records as many as may be written together now. */
    LaneWork portioned() {
        return new LaneWork(
                lane, running, tools, Records.of(all, lane.trials().portion()), new Refusals(refused, safe));
    }

    /** What was taken and is not written yet, from where the partition is now; null if all is. */
    @Nullable
    LaneWork rest(LaneState.Running now) {
        List<Sorter.Item> left = all.subList(items.size(), all.size());
        return left.isEmpty()
                ? null
                : new LaneWork(
                        lane, now, tools, Records.of(left, lane.trials().portion()), new Refusals(Map.of(), safe));
    }

    /** The same batch, without what the target refused. */
    LaneWork without(Map<Key, String> reasons) {
        Map<Key, String> all = new HashMap<>(refused);
        all.putAll(reasons);
        return new LaneWork(lane, running, tools, new Records(this.all, items.size()), new Refusals(all, safe));
    }

    /** Tries to apply it. */
    Outcome attempt() {
        Optional<String> unsafe = bury();
        if (unsafe.isPresent()) {
            return new Outcome.Away("the dead letters can't be written: " + unsafe.get());
        }
        return lane.pipeline().target().apply(batch());
    }

    /** What the target is given. */
    Batch batch() {
        return new Batch(
                lane.id(),
                running.epoch(),
                lane.route(),
                sorted.folded(),
                running.position(),
                sorted.after(),
                sorted.released(),
                sorted.parked());
    }

    private Optional<String> bury() {
        List<DeadLetter> letters = sorted.letters().stream()
                .filter(letter -> !safe.contains(letter.record().offset()))
                .toList();
        if (letters.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> unsafe =
                tools.deadLetters().send(lane.id(), running.position().runId(), letters);
        if (unsafe.isEmpty()) {
            letters.forEach(letter -> safe.add(letter.record().offset()));
        }
        return unsafe;
    }

    Sorted sorted() {
        return sorted;
    }

    /** When its first record was stored in Kafka, in microseconds. */
    long stored() {
        return items.getFirst().record().raw().stored();
    }

    /** What its records take in memory. */
    long bytes() {
        return items.stream().mapToLong(item -> item.record().bytes()).sum();
    }
}

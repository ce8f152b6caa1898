package io.flywatch.cdc.letter;

import io.flywatch.cdc.position.PartitionId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The open letters of all pipelines, in the order of their places at the source. Safe for several threads. */
public final class LetterBook {
    private static final Comparator<LetterId> IN_ORDER = Comparator.comparing(
                    (LetterId id) -> id.from().pipeline())
            .thenComparing(id -> id.from().topic())
            .thenComparingInt(id -> id.from().partition())
            .thenComparingLong(LetterId::offset);

    private final TreeMap<LetterId, Letter> open = new TreeMap<>(IN_ORDER);
    private final Map<OfKey, Long> settled = new HashMap<>();

    private record OfKey(PartitionId from, String runId, String key) {}

    /** A letter was found; one that is known, or that was settled already, is not new. */
    public synchronized void add(Letter letter) {
        Long through = settled.get(new OfKey(letter.id().from(), letter.runId(), letter.key()));
        if (through == null || letter.id().offset() > through) {
            open.putIfAbsent(letter.id(), letter);
        }
    }

    /** Records of a key were settled. */
    public synchronized void settle(Settled done) {
        settled.merge(new OfKey(done.from(), done.runId(), done.key()), done.through(), Math::max);
        ofPartition(done.from())
                .filter(isOf(done.runId(), done.key()).and(letter -> letter.id().offset() <= done.through()))
                .toList()
                .forEach(letter -> open.remove(letter.id()));
    }

    private Stream<Letter> ofPartition(PartitionId from) {
        return open
                .subMap(new LetterId(from, Long.MIN_VALUE), true, new LetterId(from, Long.MAX_VALUE), true)
                .values()
                .stream();
    }

    private static Predicate<Letter> isOf(String runId, String key) {
        return letter -> letter.runId().equals(runId) && letter.key().equals(key);
    }

    /** One open letter. */
    public synchronized Optional<Letter> find(LetterId id) {
        return Optional.ofNullable(open.get(id));
    }

    /** The open letters of a key that wait since an offset, in order. */
    public synchronized List<Letter> ofKey(PartitionId from, String runId, String key, long since) {
        return ofPartition(from)
                .filter(isOf(runId, key).and(letter -> letter.id().offset() >= since))
                .toList();
    }

    /**
     * A page of a run's open letters.
     *
     * @param wanted which
     * @param after the last one of the page before; null for the first page
     */
    public synchronized List<Letter> page(
            String pipeline, Predicate<Letter> wanted, @Nullable LetterId after, int limit) {
        return open.values().stream()
                .filter(letter -> letter.id().from().pipeline().equals(pipeline))
                .filter(letter -> after == null || IN_ORDER.compare(letter.id(), after) > 0)
                .filter(wanted)
                .limit(limit)
                .toList();
    }

    /** Everything is forgotten, as it is read anew. */
    public synchronized void clear() {
        open.clear();
        settled.clear();
    }
}

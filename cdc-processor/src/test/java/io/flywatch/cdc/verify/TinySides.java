package io.flywatch.cdc.verify;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A source, a pipeline with a lag, and a target, in memory. Before each look at either side something happens: a row of the load's keys
 * is written, changed or deleted at the source, or the pipeline applies some of what waits.
 */
final class TinySides implements Surroundings {

    /** A committed change. */
    private record Change(long at, int key, @Nullable String value) {}

    /** A row and the transaction that wrote it. */
    private record Row(String value, long version) {}

    final NavigableMap<Integer, Row> source = new TreeMap<>();
    final Map<Integer, String> target = new HashMap<>();
    final List<Mismatch> found = new ArrayList<>();

    private final Deque<Change> waiting = new ArrayDeque<>();
    private final Random random;
    private final boolean ordered;
    private final boolean versioned;
    private final int loadFrom;
    private final int loadTo;
    private long clock = 1;
    int mostInMemory;
    boolean provable = true;
    boolean repairing;

    TinySides(Random random, boolean ordered, boolean versioned, int loadFrom, int loadTo) {
        this.random = random;
        this.ordered = ordered;
        this.versioned = versioned;
        this.loadFrom = loadFrom;
        this.loadTo = loadTo;
    }

    /** A row that is on both sides. */
    void put(int key, String value) {
        source.put(key, new Row(value, clock));
        target.put(key, value);
    }

    /** What the target has to come to. */
    Map<Integer, String> expected() {
        Map<Integer, String> expected = new HashMap<>();
        source.forEach((key, row) -> expected.put(key, row.value()));
        return expected;
    }

    private void happen() {
        for (int i = random.nextInt(3); i > 0 && loadTo > loadFrom; i--) {
            int key = loadFrom + random.nextInt(loadTo - loadFrom);
            clock++;
            if (random.nextInt(4) == 0) {
                source.remove(key);
                waiting.add(new Change(clock, key, null));
            } else {
                String value = "v" + random.nextInt(3);
                source.put(key, new Row(value, clock));
                waiting.add(new Change(clock, key, value));
            }
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            apply();
        }
    }

    private void apply() {
        Change next = waiting.poll();
        if (next != null && next.value() == null) {
            target.remove(next.key());
        } else if (next != null) {
            target.put(next.key(), next.value());
        }
    }

    /** A heartbeat may have overtaken any number of changes. */
    @Override
    public void awaitLikelyApplied(Moment committed) {
        happen();
    }

    @Override
    public Optional<String> awaitApplied(Moment committed) {
        if (!provable) {
            happen();
            return Optional.of("nobody knows");
        }
        while (!waiting.isEmpty() && waiting.peek().at() <= committed.clock().toEpochMilli()) {
            apply();
        }
        return Optional.empty();
    }

    /** As a lane does it: nothing is applied between the look at the source and the write. */
    @Override
    public Set<RowKey> repair(List<RowKey> keys) {
        if (!repairing) {
            return Set.of();
        }
        happen();
        keys.forEach(key -> {
            Row row = source.get(number(key));
            if (row == null) {
                target.remove(number(key));
            } else {
                target.put(number(key), row.value());
            }
        });
        happen();
        return Set.copyOf(keys);
    }

    @Override
    public void found(List<Mismatch> mismatches) {
        found.addAll(mismatches);
    }

    private static RowKey key(int number) {
        return RowKey.of(Integer.toString(number));
    }

    private static int number(RowKey key) {
        return Integer.parseInt(key.parts().getFirst());
    }

    private static boolean contains(KeyRange range, int number) {
        return (range.after() == null || number > number(range.after()))
                && (range.upTo() == null || number <= number(range.upTo()));
    }

    private static RowDigest digest(int key, String value) {
        return new RowDigest(key(key), new Digest(key, value.hashCode()));
    }

    SourceTable sourceTable() {
        return new SourceTable() {
            @Override
            public Optional<RowKey> boundary(KeyRange rest, int rows) {
                happen();
                List<Integer> keys = source.keySet().stream()
                        .filter(number -> contains(rest, number))
                        .limit(rows)
                        .toList();
                return keys.size() < rows ? Optional.empty() : Optional.of(key(keys.getLast()));
            }

            @Override
            public Optional<Checksum> checksum(KeyRange range) {
                return Optional.empty();
            }

            @Override
            public void scan(KeyRange range, Consumer<RowDigest> rows) {
                happen();
                source.forEach((number, row) -> {
                    if (contains(range, number)) {
                        rows.accept(digest(number, row.value()));
                    }
                });
            }

            @Override
            public void find(Collection<RowKey> keys, Consumer<RowDigest> rows) {
                happen();
                keys.forEach(key -> {
                    Row row = source.get(number(key));
                    if (row != null) {
                        rows.accept(digest(number(key), row.value()));
                    }
                });
            }

            @Override
            public Set<RowKey> existing(Collection<RowKey> keys) {
                happen();
                Set<RowKey> existing = new HashSet<>(keys);
                existing.removeIf(key -> !source.containsKey(number(key)));
                return existing;
            }

            @Override
            public Map<RowKey, RowImage> read(Collection<RowKey> keys) {
                happen();
                mostInMemory = Math.max(mostInMemory, keys.size());
                Map<RowKey, RowImage> images = new HashMap<>();
                keys.forEach(key -> {
                    Row row = source.get(number(key));
                    if (row != null) {
                        images.put(key, new RowImage(Map.of("v", row.value()), versioned ? "" + row.version() : null));
                    }
                });
                return images;
            }

            @Override
            public Moment moment() {
                return new Moment(Instant.ofEpochMilli(clock), new LogPlace.Wal(clock));
            }

            @Override
            public OptionalLong estimate() {
                return OptionalLong.of(source.size());
            }
        };
    }

    TargetTable targetTable() {
        return new TargetTable() {
            @Override
            public boolean isOrderedAsSource() {
                return ordered;
            }

            @Override
            public Optional<Checksum> checksum(KeyRange range) {
                return Optional.empty();
            }

            @Override
            public void scan(KeyRange range, Consumer<RowDigest> rows) {
                happen();
                target.forEach((number, value) -> {
                    if (contains(range, number)) {
                        rows.accept(digest(number, value));
                    }
                });
            }

            @Override
            public void find(Collection<RowKey> keys, Consumer<RowDigest> rows) {
                happen();
                keys.forEach(key -> {
                    String value = target.get(number(key));
                    if (value != null) {
                        rows.accept(digest(number(key), value));
                    }
                });
            }

            @Override
            public Map<RowKey, RowImage> read(Collection<RowKey> keys) {
                happen();
                Map<RowKey, RowImage> images = new HashMap<>();
                keys.forEach(key -> {
                    String value = target.get(number(key));
                    if (value != null) {
                        images.put(key, new RowImage(Map.of("v", value), null));
                    }
                });
                return images;
            }

            /** In the order of the numbers read backwards: not the source's. */
            @Override
            public KeyPage keys(@Nullable String place, int most) {
                happen();
                if (ordered) {
                    return new KeyPage(List.of(), List.of(), null);
                }
                List<String> page = target.keySet().stream()
                        .map(number -> new StringBuilder(Integer.toString(number)).reverse() + "." + number)
                        .sorted()
                        .filter(text -> place == null || text.compareTo(place) > 0)
                        .limit(most)
                        .toList();
                return new KeyPage(
                        page.stream()
                                .map(text -> RowKey.of(text.substring(text.indexOf('.') + 1)))
                                .toList(),
                        List.of(),
                        page.isEmpty() ? null : page.getLast());
            }
        };
    }
}

package io.flywatch.cdc.order;

import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.change.Unavailable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/** A table of few keys at the source, and what its connector says of each step: large values are sent only when they change. */
final class TinySource {
    private static final int KEYS = 4;

    private final Random random;
    private final Map<Integer, Object[]> rows = new TreeMap<>();
    private int next;

    TinySource(Random random) {
        this.random = random;
    }

    List<Change> step() {
        int id = random.nextInt(KEYS);
        int chance = random.nextInt(20);
        if (chance == 0) {
            rows.clear();
            return List.of(new Change.Truncate());
        }
        if (!rows.containsKey(id)) {
            rows.put(id, new Object[] {next++, next++});
            return List.of(put(id, id, false));
        }
        if (chance < 5) {
            rows.remove(id);
            return List.of(new Change.Delete(FoldTest.key(id), null));
        }
        int other = random.nextInt(KEYS);
        return chance < 11 && !rows.containsKey(other) ? move(id, other) : List.of(update(id));
    }

    private Change update(int id) {
        boolean changesLarge = random.nextBoolean();
        Object[] row = Objects.requireNonNull(rows.get(id));
        rows.put(id, new Object[] {next++, changesLarge ? next++ : row[1]});
        return put(id, id, !changesLarge);
    }

    private List<Change> move(int from, int to) {
        boolean changesLarge = random.nextBoolean();
        Object[] row = Objects.requireNonNull(rows.remove(from));
        rows.put(to, new Object[] {next++, changesLarge ? next++ : row[1]});
        return List.of(new Change.Delete(FoldTest.key(from), FoldTest.key(to)), put(to, from, !changesLarge));
    }

    private Change put(int id, int from, boolean withoutLarge) {
        Object[] row = Objects.requireNonNull(rows.get(id));
        Row sent = FoldTest.row(id, row[0], withoutLarge ? Unavailable.VALUE : row[1]);
        return new Change.Put(FoldTest.key(id), sent, id == from ? null : FoldTest.key(from));
    }

    Map<Key, List<Object>> rows() {
        Map<Key, List<Object>> all = new java.util.HashMap<>();
        rows.forEach((id, row) -> all.put(FoldTest.key(id), List.of(id, row[0], row[1])));
        return all;
    }
}

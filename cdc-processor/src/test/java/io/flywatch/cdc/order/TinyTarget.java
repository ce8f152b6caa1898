package io.flywatch.cdc.order;

import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.change.Unavailable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A target that writes a batch in any order, as the real one does. */
final class TinyTarget {
    private final Map<Key, List<Object>> rows = new HashMap<>();
    private final Map<Key, List<Object>> aside = new HashMap<>();

    void apply(Folded folded, Random random) {
        Map<Key, List<Object>> before = new HashMap<>(rows);
        Map<Key, List<Object>> asideBefore = new HashMap<>(aside);
        if (folded.truncated()) {
            rows.clear();
            aside.clear();
        }
        folded.leaving().forEach(leaving -> {
            List<Object> base = leaving.origin() == null ? null : rest(leaving.origin(), before, asideBefore);
            aside.put(
                    leaving.to(),
                    leaving.known() == null ? Objects.requireNonNull(base) : merged(leaving.known(), base));
        });
        folded.arrived().forEach(aside::remove);
        List<Write> writes = new ArrayList<>(folded.writes());
        Collections.shuffle(writes, random);
        writes.forEach(write -> write(write, before, asideBefore));
    }

    private void write(Write write, Map<Key, List<Object>> before, Map<Key, List<Object>> asideBefore) {
        switch (write) {
            case Write.Replace replace -> rows.put(replace.key(), merged(replace.row(), null));
            case Write.Patch patch -> rows.put(patch.key(), merged(patch.row(), before.get(patch.key())));
            case Write.Move move -> rows.put(move.key(), merged(move.row(), rest(move.origin(), before, asideBefore)));
            case Write.Delete delete -> rows.remove(delete.key());
        }
    }

    private static @Nullable List<Object> rest(
            Origin origin, Map<Key, List<Object>> before, Map<Key, List<Object>> asideBefore) {
        List<Object> kept = origin.aside() == null ? null : asideBefore.get(origin.aside());
        return kept != null ? kept : before.get(origin.key());
    }

    private static List<Object> merged(Row row, @Nullable List<Object> base) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            Object value = row.value(i);
            values.add(
                    value == Unavailable.VALUE ? Objects.requireNonNull(base).get(i) : Objects.requireNonNull(value));
        }
        return values;
    }

    Map<Key, List<Object>> rows() {
        return rows;
    }

    Map<Key, List<Object>> aside() {
        return aside;
    }
}

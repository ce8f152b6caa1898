package io.flywatch.cdc.order;

import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.Key;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Folds a table's changes, given in order, to one write for each key. Applying the result leaves the target as applying the changes
 * one by one would; that law is what the writes may then be sent in any order for.
 */
public final class Fold {
    private final Map<Key, Write> writes = new LinkedHashMap<>();
    private final Map<Key, Leaving> leaving = new LinkedHashMap<>();
    private final Set<Key> arrived = new HashSet<>();
    private boolean truncated;

    /** Adds the next change. */
    public void add(Change change) {
        switch (change) {
            case Change.Put put -> put(put);
            case Change.Delete delete -> delete(delete);
            case Change.Truncate truncate -> truncate();
        }
    }

    private void put(Change.Put put) {
        Key from = put.movedFrom();
        Write write = from == null
                ? Write.of(put.key(), put.row(), writes.get(put.key()))
                : Write.arrived(put.key(), put.row(), from, leaving.get(put.key()));
        if (from != null) {
            leaving.remove(put.key());
            arrived.add(put.key());
        }
        writes.put(put.key(), write);
    }

    private void delete(Change.Delete delete) {
        Key to = delete.movedTo();
        if (to != null) {
            leaving.put(to, Leaving.of(delete.key(), to, writes.get(delete.key())));
            arrived.remove(to);
        }
        writes.put(delete.key(), new Write.Delete(delete.key()));
    }

    private void truncate() {
        writes.clear();
        leaving.clear();
        arrived.clear();
        truncated = true;
    }

    /** What the changes come to. */
    public Folded result() {
        return new Folded(truncated, writes.values(), leaving.values(), arrived);
    }
}

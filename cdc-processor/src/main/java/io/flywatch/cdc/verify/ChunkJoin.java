package io.flywatch.cdc.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Holds one chunk's rows of the source against those of the target, which may come in any order. It keeps the source's rows in short,
 * of which a chunk has a limited number, and of the target's only the keys that are suspect, up to a limit.
 */
final class ChunkJoin {
    private final int limit;
    private final Set<RowKey> told;
    private final Map<RowKey, Digest> source = new HashMap<>();
    private final List<RowKey> suspects = new ArrayList<>();
    private long rows;
    private boolean overflown;

    /**
     * A join of one chunk.
     *
     * @param limit how many suspects are kept
     * @param told keys that were found to differ before, and are left out
     */
    ChunkJoin(int limit, Set<RowKey> told) {
        this.limit = limit;
        this.told = told;
    }

    /** A row of the source; all of them come before those of the target. */
    void source(RowDigest row) {
        source.put(row.key(), row.digest());
        rows++;
    }

    /** A row of the target. */
    void target(RowDigest row) {
        Digest expected = source.remove(row.key());
        if (!row.digest().equals(expected) && !told.contains(row.key())) {
            suspect(row.key());
        }
    }

    private void suspect(RowKey key) {
        if (suspects.size() < limit) {
            suspects.add(key);
        } else {
            overflown = true;
        }
    }

    /** The keys of the source's rows that the target has not shown so far. */
    Set<RowKey> unmet() {
        return source.keySet();
    }

    /** The source's rows. */
    long rows() {
        return rows;
    }

    private Stream<RowKey> missing() {
        return source.keySet().stream().filter(key -> !told.contains(key));
    }

    /** All that differ, missing ones included, once everything has been shown. */
    List<RowKey> suspects() {
        List<RowKey> all = new ArrayList<>(suspects);
        missing().limit(limit - all.size()).forEach(all::add);
        return all;
    }

    /** Whether there were more suspects than are kept. */
    boolean isOverflown() {
        return overflown || suspects.size() + missing().count() > limit;
    }
}

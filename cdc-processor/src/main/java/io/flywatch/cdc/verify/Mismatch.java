package io.flywatch.cdc.verify;

import java.util.List;

/**
 * A row that is proved to differ.
 *
 * @param columns in which it differs; empty if it is missing or extra, but for an extra row whose key no row of the source can have: that
 *     names the key
 */
public record Mismatch(RowKey key, Kind kind, List<String> columns) {
    public Mismatch {
        columns = List.copyOf(columns);
    }

    /** An extra row whose key no row of the source can have. */
    static Mismatch foreign(RowKey key) {
        return new Mismatch(key, Kind.EXTRA, List.of("_id"));
    }

    /** Whether its key is none of the source's. */
    public boolean isForeign() {
        return kind == Kind.EXTRA && !columns.isEmpty();
    }
}

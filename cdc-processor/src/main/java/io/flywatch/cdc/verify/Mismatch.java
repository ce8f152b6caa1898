package io.flywatch.cdc.verify;

import java.util.List;

/**
 * A row that is proved to differ.
 *
 * @param columns in which it differs; empty if it is missing or extra
 */
public record Mismatch(RowKey key, Kind kind, List<String> columns) {
    public Mismatch {
        columns = List.copyOf(columns);
    }
}

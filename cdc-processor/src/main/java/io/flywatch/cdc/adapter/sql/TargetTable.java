package io.flywatch.cdc.adapter.sql;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table as the target's catalogue has it.
 *
 * @param name quoted and qualified, fit for a statement
 * @param columns by name
 * @param key the columns of the row's key, in its order
 * @param unique whether something else than the key is unique, so that one row may stand in another's way
 * @param truncates whether the table may be emptied at once
 * @param unfit why rows can't be applied to it; empty if they can
 */
record TargetTable(
        String name,
        Map<String, TargetColumn> columns,
        List<String> key,
        boolean unique,
        boolean truncates,
        Optional<String> unfit) {
    TargetTable {
        columns = Map.copyOf(columns);
        key = List.copyOf(key);
    }

    TargetColumn column(String column) {
        TargetColumn found = columns.get(column);
        if (found == null) {
            throw new IllegalStateException("the target's table " + name + " has no column " + column);
        }
        return found;
    }

    List<TargetColumn> keyColumns() {
        return key.stream().map(this::column).toList();
    }
}

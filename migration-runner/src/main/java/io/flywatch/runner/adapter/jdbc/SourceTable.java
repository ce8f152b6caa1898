package io.flywatch.runner.adapter.jdbc;

import java.util.List;

/**
 * A table as the source's catalogue has it.
 *
 * @param name {@code schema.table}
 * @param partitioned whether its rows are in other tables
 * @param keyColumns of its primary key, in order; empty if it has none
 * @param readable whether the user may read it
 * @param owned whether the user may put it into a publication
 * @param estimate about how many rows it has
 * @param generatedColumns columns that the source computes and whose values its log does not carry
 */
record SourceTable(
        String name,
        boolean partitioned,
        List<String> keyColumns,
        boolean readable,
        boolean owned,
        long estimate,
        List<String> generatedColumns) {
    SourceTable {
        keyColumns = List.copyOf(keyColumns);
        generatedColumns = List.copyOf(generatedColumns);
    }

    /** A table whose log carries every column. */
    SourceTable(
            String name, boolean partitioned, List<String> keyColumns, boolean readable, boolean owned, long estimate) {
        this(name, partitioned, keyColumns, readable, owned, estimate, List.of());
    }
}

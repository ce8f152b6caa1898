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
 */
record SourceTable(
        String name, boolean partitioned, List<String> keyColumns, boolean readable, boolean owned, long estimate) {
    SourceTable {
        keyColumns = List.copyOf(keyColumns);
    }
}

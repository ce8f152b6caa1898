package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.mapping.TableMapping;
import io.flywatch.cdc.verify.RowKey;
import java.util.List;
import java.util.function.Function;

/** What a target has to know of a table at the source to be compared with it. */
public final class SourceShape {
    private final List<SourceColumn> columns;
    private final List<SourceColumn> keyColumns;
    private final TableMapping mapping;
    private final KeyShape key;

    /** A table of PostgreSQL and what becomes of its columns. */
    SourceShape(PgTable table, TableMapping mapping) {
        this(
                table.columns().stream().map(SourceColumn::of).toList(),
                table.key().stream().map(SourceColumn::of).toList(),
                mapping,
                new PgRows(table)::key);
    }

    /**
     * A table and what becomes of its columns.
     *
     * @param keyOf a key as the change stream brings it
     */
    SourceShape(
            List<SourceColumn> columns,
            List<SourceColumn> keyColumns,
            TableMapping mapping,
            Function<RowKey, Key> keyOf) {
        this.columns = List.copyOf(columns);
        this.keyColumns = List.copyOf(keyColumns);
        this.mapping = mapping;
        this.key = new KeyShape(
                mapping.names(keyColumns.stream().map(SourceColumn::name).toList()),
                keyColumns.stream()
                        .map(column -> mapping.isKept(column.name()) ? column.type() : "")
                        .toList(),
                keyColumns.stream().allMatch(SourceColumn::sortsByBytes),
                one -> mapping.key(keyOf.apply(one)));
    }

    /** Its key. */
    public KeyShape key() {
        return key;
    }

    /** Its columns that are compared. */
    List<SourceColumn> columns() {
        return columns;
    }

    /** The columns of its key, in the key's order. */
    List<SourceColumn> keyColumns() {
        return keyColumns;
    }

    /** What becomes of its columns. */
    TableMapping mapping() {
        return mapping;
    }
}

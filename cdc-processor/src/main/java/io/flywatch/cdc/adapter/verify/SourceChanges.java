package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.change.Shape;
import io.flywatch.cdc.change.Unavailable;
import io.flywatch.cdc.mapping.TableMapping;
import io.flywatch.cdc.verify.RowKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows of a SQL source as the changes that make them so. Columns that are not compared stay as they are at the target. */
final class SourceChanges {
    private final DbSession session;
    private final SqlTable table;
    private final TableMapping mapping;
    private final SqlRows rows;
    private final Shape shape;

    /**
     * Changes of a table.
     *
     * @param all its columns
     */
    SourceChanges(DbSession session, SqlTable table, TableMapping mapping, List<? extends SqlColumn> all) {
        this.session = session;
        this.table = table;
        this.mapping = mapping;
        this.rows = new SqlRows(table);
        this.shape = shape(Stream.concat(
                        table.columns().stream(),
                        all.stream().filter(column -> column.reader() == null && !column.isGenerated()))
                .toList());
    }

    /** What the columns are called, and their types as Debezium tells them. */
    static Shape shape(List<? extends SqlColumn> columns) {
        return new Shape(
                columns.stream().map(SqlColumn::name).toList(),
                columns.stream().map(SqlColumn::told).toList());
    }

    Map<RowKey, Change> of(Collection<RowKey> keys) {
        Map<RowKey, Change> changes = new HashMap<>();
        keys.forEach(key -> changes.put(key, new Change.Delete(mapping.key(rows.key(key)), null)));
        if (keys.isEmpty()) {
            return changes;
        }
        return session.run(connection -> {
            rows.read(
                    connection,
                    table.whereKeys(keys),
                    table.parameters(keys),
                    (rowKey, key, row, version) -> put(changes, rowKey, key, row));
            return changes;
        });
    }

    /** What can't be mapped is in the dead letters, and stays as it is; what a collation holds equal was not asked for. */
    private void put(Map<RowKey, Change> changes, RowKey rowKey, Key key, Row row) {
        if (!changes.containsKey(rowKey)) {
            return;
        }
        try {
            changes.put(rowKey, new Change.Put(mapping.key(key), mapping.row(complete(row)), null));
        } catch (IllegalArgumentException unmapped) {
            changes.remove(rowKey);
        }
    }

    private Row complete(Row row) {
        @Nullable Object[] values = new @Nullable Object[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i < row.size() ? row.value(i) : Unavailable.VALUE;
        }
        return new Row(shape, values);
    }
}

package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.ColumnType;
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

/** Rows of a PostgreSQL source as the changes that make them so. Columns that are not compared stay as they are at the target. */
final class PgChanges {
    private final DbSession session;
    private final PgTable table;
    private final TableMapping mapping;
    private final PgRows rows;
    private final Shape shape;

    /**
     * Changes of a table.
     *
     * @param all its columns
     */
    PgChanges(DbSession session, PgTable table, TableMapping mapping, List<PgColumn> all) {
        this.session = session;
        this.table = table;
        this.mapping = mapping;
        this.rows = new PgRows(table);
        List<PgColumn> columns = Stream.concat(
                        table.columns().stream(),
                        all.stream().filter(column -> column.reader() == null && !column.isGenerated()))
                .toList();
        this.shape = new Shape(
                columns.stream().map(PgColumn::name).toList(),
                columns.stream().map(PgChanges::type).toList());
    }

    /** As Debezium tells it. */
    private static ColumnType type(PgColumn column) {
        int modifier = column.modifier() - 4;
        boolean known = column.modifier() >= 4;
        boolean number = column.type().equals("numeric");
        boolean bits = column.type().equals("bit");
        return new ColumnType(
                ColumnType.Vendor.POSTGRESQL,
                column.type().toUpperCase(java.util.Locale.ROOT),
                bits ? column.modifier() : !known ? -1 : number ? modifier >>> 16 : modifier,
                known && number ? modifier & 0x7FF : -1,
                "",
                "string");
    }

    Map<RowKey, Change> of(Collection<RowKey> keys) {
        Map<RowKey, Change> changes = new HashMap<>();
        keys.forEach(key -> changes.put(key, new Change.Delete(mapping.key(rows.key(key)), null)));
        return session.run(connection -> {
            rows.read(
                    connection,
                    table.whereKeys(),
                    table.parameters(keys),
                    (rowKey, key, row, version) -> put(changes, rowKey, key, row));
            return changes;
        });
    }

    /** What can't be mapped is in the dead letters, and stays as it is. */
    private void put(Map<RowKey, Change> changes, RowKey rowKey, Key key, Row row) {
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

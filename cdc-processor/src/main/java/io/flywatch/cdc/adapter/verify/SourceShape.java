package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.change.DocumentDecoder;
import io.flywatch.cdc.change.Json;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.change.Shape;
import io.flywatch.cdc.mapping.TableMapping;
import io.flywatch.cdc.verify.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a target has to know of a table at the source to be compared with it. */
public final class SourceShape {
    private final List<SourceColumn> columns;
    private final List<SourceColumn> keyColumns;
    private final TableMapping mapping;
    private final Shape mapped;
    private final KeyShape key;

    /** A table and what becomes of its columns. */
    static SourceShape of(SqlTable table, TableMapping mapping) {
        return new SourceShape(
                table.columns().stream().map(SqlColumn::described).toList(),
                table.key().stream().map(SqlColumn::described).toList(),
                mapping,
                new SqlRows(table)::key,
                SourceChanges.shape(table.columns()));
    }

    /**
     * A table and what becomes of its columns.
     *
     * @param keyOf a key as the change stream brings it
     * @param rows rows as Debezium tells of them
     */
    private SourceShape(
            List<SourceColumn> columns,
            List<SourceColumn> keyColumns,
            TableMapping mapping,
            Function<RowKey, Key> keyOf,
            Shape rows) {
        this(
                columns,
                keyColumns,
                mapping,
                keyOf,
                mapping.row(new Row(rows, new @Nullable Object[rows.size()])).shape(),
                keyColumns.stream().allMatch(SourceColumn::sortsByBytes));
    }

    private SourceShape(
            List<SourceColumn> columns,
            List<SourceColumn> keyColumns,
            TableMapping mapping,
            Function<RowKey, Key> keyOf,
            Shape mapped,
            boolean sortsByBytes) {
        this.columns = List.copyOf(columns);
        this.keyColumns = List.copyOf(keyColumns);
        this.mapping = mapping;
        this.mapped = mapped;
        this.key = new KeyShape(
                mapping.names(keyColumns.stream().map(SourceColumn::name).toList()),
                keyColumns.stream()
                        .map(column -> mapping.isKept(column.name()) ? column.type() : "")
                        .toList(),
                sortsByBytes,
                mapping.isKeyAsDocument(),
                one -> mapping.key(keyOf.apply(one)));
    }

    /**
     * A collection: rows of its documents' ids, of the fields that are cast, and of all of each document. No other database sorts ids as
     * MongoDB does.
     *
     * @param keyOf an id as the change stream brings it
     * @param sortsByBytes whether texts among its ids sort by their bytes
     */
    public static SourceShape ofDocuments(TableMapping mapping, Function<RowKey, Key> keyOf, boolean sortsByBytes) {
        SourceColumn id = new SourceColumn(DocumentDecoder.ID, "text", false, null, null);
        List<SourceColumn> columns = new ArrayList<>(List.of(id));
        mapping.castFields().forEach(field -> columns.add(new SourceColumn(field, "", false, null, null)));
        columns.add(new SourceColumn(DocumentDecoder.DOCUMENT, "json", false, null, null));
        Row empty = new Row(DocumentDecoder.SHAPE, null, new Json("{}"));
        return new SourceShape(
                columns,
                List.of(id),
                mapping.ofDocuments(),
                keyOf,
                mapping.row(empty).shape(),
                sortsByBytes);
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

    /** What the compared columns are called at the target. */
    public List<String> columnsAtTarget() {
        return mapped.names();
    }

    /** What the target's columns are called, and the types that its values come from. */
    public Shape mapped() {
        return mapped;
    }

    /** What becomes of its columns. */
    TableMapping mapping() {
        return mapping;
    }
}

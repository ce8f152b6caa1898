package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.mapping.TableMapping;

/** What a target has to know of a table at the source to be compared with it. */
public final class SourceShape {
    private final PgTable table;
    private final TableMapping mapping;
    private final KeyShape key;

    /** A table and what becomes of its columns. */
    SourceShape(PgTable table, TableMapping mapping) {
        PgRows rows = new PgRows(table);
        this.table = table;
        this.mapping = mapping;
        this.key = new KeyShape(
                mapping.names(table.key().stream().map(PgColumn::name).toList()),
                table.key().stream()
                        .map(column -> mapping.isKept(column.name()) ? column.type() : "")
                        .toList(),
                table.key().stream().allMatch(PgColumn::sortsByBytes),
                one -> mapping.key(rows.key(one)));
    }

    /** Its key. */
    public KeyShape key() {
        return key;
    }

    PgTable table() {
        return table;
    }

    /** What becomes of its columns. */
    TableMapping mapping() {
        return mapping;
    }
}

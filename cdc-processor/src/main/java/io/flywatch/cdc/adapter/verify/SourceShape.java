package io.flywatch.cdc.adapter.verify;

/** What a target has to know of a table at the source to be compared with it. */
public final class SourceShape {
    private final PgTable table;
    private final KeyShape key;

    SourceShape(PgTable table) {
        PgRows rows = new PgRows(table);
        this.table = table;
        this.key = new KeyShape(
                table.key().stream().map(PgColumn::name).toList(),
                table.key().stream().map(PgColumn::type).toList(),
                table.key().stream().allMatch(PgColumn::sortsByBytes),
                rows::key);
    }

    /** Its key. */
    public KeyShape key() {
        return key;
    }

    PgTable table() {
        return table;
    }
}

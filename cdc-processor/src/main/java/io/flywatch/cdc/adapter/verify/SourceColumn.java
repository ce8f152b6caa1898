package io.flywatch.cdc.adapter.verify;

import org.jspecify.annotations.Nullable;

/**
 * A column at the source that is compared.
 *
 * @param type the type of PostgreSQL that has such values and sorts them alike, as its catalogue names it; empty if there is none
 * @param sortsByBytes whether it is no text, or text that sorts by its bytes
 * @param postgres the column of a PostgreSQL source; null at other sources
 * @param mysql the column of a MySQL or MariaDB source; null at other sources
 */
record SourceColumn(
        String name,
        String type,
        boolean sortsByBytes,
        @Nullable PgColumn postgres,
        @Nullable MyColumn mysql) {

    static SourceColumn of(PgColumn column) {
        return new SourceColumn(column.name(), column.type(), column.sortsByBytes(), column, null);
    }

    /** The target's column, whose values are read as those of this one. */
    PgColumn readFrom(PgColumn target) {
        if (postgres != null) {
            return target.readAs(postgres);
        }
        return type.equals(MyReaders.TIME) ? target.readBy(MyReaders::time) : target;
    }
}

package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.change.ColumnType;
import io.flywatch.cdc.verify.ImpossibleException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A column of a SQL database as verifications know it. */
interface SqlColumn {

    /** Its name. */
    String name();

    /** Whether the database computes it, so that it is not replicated. */
    boolean isGenerated();

    /** Reads what is selected into what the change stream brings; null if the column can't be compared. */
    @Nullable
    PgReader reader();

    /** Whether keys of it can be told as PostgreSQL would write them. */
    boolean mayBeKey();

    /** Its type as Debezium tells it. */
    ColumnType told();

    /** As targets know it. */
    SourceColumn described();

    /** Changes when the column does. */
    String signature();

    /**
     * A table's columns, sorted out.
     *
     * @param compared all that are compared
     * @param key those of the key, in the key's order
     * @param left names of those that are not compared
     */
    record Chosen<C extends SqlColumn>(List<C> compared, List<C> key, List<String> left) {

        /** Throws {@link ImpossibleException} if there is no such table, or if rows can't be told apart by what is compared. */
        static <C extends SqlColumn> Chosen<C> of(String table, List<C> all, List<String> keyColumns) {
            if (all.isEmpty()) {
                throw new ImpossibleException("there is no table " + table + ", or its columns may not be seen");
            }
            List<C> compared = all.stream()
                    .filter(column -> column.reader() != null && !column.isGenerated())
                    .toList();
            List<C> key = keyColumns.stream()
                    .map(name -> compared.stream()
                            .filter(column -> column.name().equals(name) && column.mayBeKey())
                            .findFirst()
                            .orElseThrow(() -> new ImpossibleException("the key column " + name + " of " + table
                                    + " is not there, or its type can't be compared")))
                    .toList();
            List<String> left = all.stream()
                    .filter(column -> !compared.contains(column))
                    .map(SqlColumn::name)
                    .toList();
            return new Chosen<>(compared, key, left);
        }
    }
}

package io.flywatch.cdc.adapter.sql;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows to one table, many at once. Rows are arrays of cells in the order of the columns; each key is there once at most. */
interface RowWriter {
    /** Inserts the rows, or replaces those that are there. */
    void upsert(List<TargetColumn> columns, List<@Nullable Object[]> rows) throws SQLException;

    /** Inserts rows that are not there. */
    void insert(List<TargetColumn> columns, List<@Nullable Object[]> rows) throws SQLException;

    /** Changes these columns, the key's among them, of rows that are there, and inserts those that are not. */
    void patch(List<TargetColumn> columns, List<@Nullable Object[]> rows) throws SQLException;

    /** Deletes the rows of these keys; those that are not there are no matter. */
    void delete(List<@Nullable Object[]> keys) throws SQLException;

    /** Deletes all rows. */
    void truncate() throws SQLException;

    /** The cells of a row; null if it is not there. */
    @Nullable
    Object @Nullable [] read(List<TargetColumn> columns, @Nullable Object[] key) throws SQLException;
}

package io.flywatch.cdc.adapter.sql;

import io.flywatch.cdc.change.Key;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows together, and if one of them is at fault halves them until it is found. A fault of anything else is thrown.
 *
 * @param refused takes what is found, by key
 */
record Attempts<R>(Connection connection, Dialect dialect, Way<R> way, Map<Key, String> refused) {
    /** Writes rows at once. */
    interface Way<R> {
        /**
         * Writes them.
         *
         * @param clearFirst whether the rows that are there under the same keys are deleted before, so that they stand in nobody's way
         */
        void write(List<R> rows, boolean clearFirst) throws SQLException;

        /** Deletes the rows that are there under the same keys and will be written whole. */
        void clear(List<R> rows) throws SQLException;
    }

    /**
     * Writes the rows.
     *
     * @param unique whether the table has a unique index beside the key
     */
    void run(List<R> rows, Function<R, Key> key, boolean unique) throws SQLException {
        boolean cleared = unique && dialect.clearsFirst();
        SqlFault fault = attempt(rows, cleared);
        if (fault instanceof SqlFault.OfUniqueness && unique && !cleared) {
            fault = attempt(rows, true);
        }
        if (fault != null) {
            if (unique) {
                way.clear(rows);
            }
            halve(rows, key, fault, unique);
        }
    }

    private void halve(List<R> rows, Function<R, Key> key, SqlFault fault, boolean unique) throws SQLException {
        if (rows.size() == 1) {
            refused.put(key.apply(rows.getFirst()), fault.reason());
            return;
        }
        for (List<R> half : List.of(rows.subList(0, rows.size() / 2), rows.subList(rows.size() / 2, rows.size()))) {
            SqlFault ofHalf = attempt(half, unique);
            if (ofHalf != null) {
                halve(half, key, ofHalf, unique);
            }
        }
    }

    /** Null if it went well; whatever no row is to blame for is thrown. */
    private @Nullable SqlFault attempt(List<R> rows, boolean clearFirst) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            way.write(rows, clearFirst);
            connection.releaseSavepoint(before);
            return null;
        } catch (SQLException e) {
            SqlFault fault = dialect.fault(e);
            return switch (fault) {
                case SqlFault.OfTheRow ofRow -> rolledBack(before, fault);
                case SqlFault.OfUniqueness ofUniqueness -> rolledBack(before, fault);
                case SqlFault.OfTheSize ofSize -> throw e;
                case SqlFault.OfTheTable ofTable -> throw e;
                case SqlFault.OfTheDatabase ofDatabase -> throw e;
            };
        }
    }

    private SqlFault rolledBack(Savepoint before, SqlFault fault) throws SQLException {
        connection.rollback(before);
        return fault;
    }
}

package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.verify.KeyRange;
import io.flywatch.cdc.verify.LogPlace;
import io.flywatch.cdc.verify.RowKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A table of a SQL database, and the SQL that reads it. Keys go in and out as the texts that {@link RowKey} holds. */
interface SqlTable {

    /** Its name in SQL. */
    String quoted();

    /** All that are compared. */
    List<? extends SqlColumn> columns();

    /** The columns of the key, in the key's order. */
    List<? extends SqlColumn> key();

    /** Names of columns that are not compared, as their types have no form that is sure. */
    List<String> left();

    /** The same table, of which the database computes checksums or does not. */
    SqlTable summed(boolean sums);

    /** The key's columns, all that are compared, and a version of the row, which may be null. */
    String selectRows();

    /** The key's columns as they are selected. */
    String selectedKeys();

    /** The key's columns as rows are ordered by them. */
    String keys();

    /** The {@code where} of a range. */
    String where(KeyRange range);

    /** The parameters of {@link #where}. */
    List<Object> parameters(KeyRange range);

    /** The {@code where} of a set of keys, of which there is one at least. */
    String whereKeys(Collection<RowKey> keys);

    /** The parameters of {@link #whereKeys}. */
    List<Object> parameters(Collection<RowKey> keys);

    /** A part of a key as it is known, from the text that was selected. */
    String part(int part, String selected);

    /** A part of a key as the change stream brings it, from what it is known by. */
    Object value(int part, String known);

    /** The statement that sums up the rows of a range: their number, and the sums of both halves; empty if that can't be. */
    Optional<String> checksum(KeyRange range);

    /** The place that the log ends at: whatever can be seen is before it. Called on a connection of the source. */
    LogPlace end(Connection connection) throws SQLException;

    /** Now, in microseconds since the epoch, as an expression. */
    String clock();

    /** How many rows there are, as the statistics have it: one number, or null. */
    String estimate();

    /** The parameters of {@link #estimate}. */
    List<Object> estimated();
}

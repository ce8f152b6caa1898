package io.flywatch.cdc.adapter.sql;

import io.flywatch.cdc.change.ColumnType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one database does otherwise than another. */
interface Dialect {
    /** An identifier that means what it says. */
    String quote(String identifier);

    /** A table's name for a statement; before a dot stands its schema. */
    String table(String name);

    /** Statements that make the tables for positions, parked keys, moved rows and heartbeats, where they are missing. */
    List<String> books();

    /** A table as the catalogue has it, with the key that rows are found by; empty if there is none. */
    Optional<TargetTable> find(Connection connection, String name, List<String> key) throws SQLException;

    /** The column type that holds the values of a source's type. */
    String type(ColumnType source, boolean inKey);

    /** Statements that make a table. Only the columns of its key are not null: a source may drop any other at any time. */
    List<String> create(String name, List<String> columns, List<String> types, List<String> key);

    /** The statement that makes a column hold what a source's type holds now; empty if it holds that already. */
    Optional<String> widened(TargetTable table, TargetColumn column, ColumnType source);

    /** A value as the column takes it: text, or bytes where the database has no text for them; null for null. */
    @Nullable
    Object cell(@Nullable Object value, TargetColumn column);

    /** A cell as a statement's text has it, as a column's default. */
    String literal(Object cell);

    /** Writes rows to a table, within a transaction of the connection. */
    RowWriter writer(Connection connection, TargetTable table);

    /**
     * Whether an upsert would take any unique index for the row's key, and so overwrite another row: then the rows of a table that has
     * one are deleted and inserted.
     */
    boolean clearsFirst();

    /** Whose fault it is that a statement failed. */
    SqlFault fault(SQLException e);
}

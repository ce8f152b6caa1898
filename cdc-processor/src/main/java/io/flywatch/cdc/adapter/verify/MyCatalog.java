package io.flywatch.cdc.adapter.verify;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A table's columns, from the catalogue of MySQL or MariaDB. */
final class MyCatalog {
    private static final String COLUMNS = """
            select column_name, data_type, column_type, coalesce(character_maximum_length, numeric_precision, -1), extra,
              collation_name, is_nullable, coalesce(numeric_scale, -1)
            from information_schema.columns where table_schema = coalesce(?, database()) and table_name = ?
            order by ordinal_position""";

    private MyCatalog() {}

    /** The columns of a {@code database.table} in the table's order; none if there is no such table. */
    static List<MyColumn> columns(Connection connection, String table) throws SQLException {
        int dot = table.indexOf('.');
        return columns(connection, table.substring(0, dot), table.substring(dot + 1));
    }

    /**
     * The columns in the table's order; none if there is no such table.
     *
     * @param database null for the connection's own
     */
    static List<MyColumn> columns(Connection connection, @Nullable String database, String table) throws SQLException {
        List<MyColumn> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, database);
            statement.setString(2, table);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.add(column(row));
                }
            }
        }
        return columns;
    }

    private static MyColumn column(ResultSet row) throws SQLException {
        String type = row.getString(2).toLowerCase(Locale.ROOT);
        String declared = row.getString(3).toLowerCase(Locale.ROOT);
        int length = (int) Math.min(Integer.MAX_VALUE, row.getLong(4));
        String extra = row.getString(5);
        return new MyColumn(
                row.getString(1),
                type,
                declared,
                length,
                row.getInt(8),
                extra.contains("GENERATED") && !extra.contains("DEFAULT_GENERATED"),
                row.getString(6),
                MyReaders.of(type, declared, length, row.getString(7).equals("YES")));
    }
}

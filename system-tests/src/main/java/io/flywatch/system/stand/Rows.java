package io.flywatch.system.stand;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Rows of a table as text, by their key. */
public final class Rows {
    private Rows() {}

    /** Key and the other columns, which are joined. */
    public static Map<Long, String> read(Connection connection, String table, String key, List<String> columns)
            throws SQLException {
        Map<Long, String> rows = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet all = statement.executeQuery(
                        "select " + key + ", " + String.join(", ", columns) + " from " + table)) {
            while (all.next()) {
                StringJoiner row = new StringJoiner("|");
                for (int i = 0; i < columns.size(); i++) {
                    row.add(String.valueOf(all.getString(i + 2)));
                }
                rows.put(all.getLong(1), row.toString());
            }
        }
        return rows;
    }
}

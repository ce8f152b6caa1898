package io.flywatch.quickstart.source;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Reads which tables there are. */
public final class Tables {

    private static final String OF_USERS = """
            SELECT n.nspname, c.relname,
                   ARRAY(SELECT a.attname::text FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k(attnum, place), pg_attribute a
                         WHERE i.indrelid = c.oid AND i.indisprimary AND a.attrelid = c.oid AND a.attnum = k.attnum ORDER BY k.place)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence = 'p'
              AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'flywatch') AND n.nspname NOT LIKE 'pg_%'
            ORDER BY 1, 2""";

    private Tables() {}

    /** All tables of users, those of Flywatch itself left out. */
    public static List<Table> all(Connection connection) throws SQLException {
        List<Table> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(OF_USERS)) {
            while (rows.next()) {
                Array key = rows.getArray(3);
                tables.add(new Table(rows.getString(1), rows.getString(2), List.of((String[]) key.getArray())));
            }
        }
        return tables;
    }
}

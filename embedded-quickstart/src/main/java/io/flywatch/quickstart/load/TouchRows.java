package io.flywatch.quickstart.load;

import io.flywatch.quickstart.source.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Rewrites rows of any tables without changing what stands in them: real changes in the log, and nothing to regret. */
public final class TouchRows implements Trade {

    private static final int ROWS = 5;

    private final List<Table> tables;
    private final RandomGenerator random;

    /** Takes the tables, one at least, that have rows to touch. */
    public TouchRows(List<Table> tables, RandomGenerator random) {
        this.tables = List.copyOf(tables);
        this.random = random;
    }

    @Override
    public int once(Connection connection) throws SQLException {
        Table table = tables.get(random.nextInt(tables.size()));
        try (Statement statement = connection.createStatement()) {
            return Math.max(1, statement.executeUpdate(update(table)));
        }
    }

    private static String update(Table table) {
        String key = table.key().stream().map(Table::quoted).collect(Collectors.joining(", "));
        String column = Table.quoted(table.key().getFirst());
        return "UPDATE %1$s SET %2$s = %2$s WHERE (%3$s) IN (SELECT %3$s FROM %1$s ORDER BY random() LIMIT %4$d)"
                .formatted(table.sqlName(), column, key, ROWS);
    }
}

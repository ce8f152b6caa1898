package io.flywatch.runner.adapter.jdbc;

import io.flywatch.runner.server.ServerTask;
import io.flywatch.runner.sql.Statement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far a statement is by MySQL's {@code performance_schema.events_stages_current}: the instruments of stages with progress are on by
 * default, the consumer is not.
 */
record MySqlStages(Connection connection) {
    private static final Set<Integer> NOT_TOLD = Set.of(1044, 1049, 1142, 1146);

    /** Statements whose stages are worth a word when they can't be seen. */
    private static final Set<String> LONG = Set.of("alter", "create", "optimize");

    private static final String STAGE = """
            select s.event_name, s.work_completed, s.work_estimated from performance_schema.events_stages_current s
            join performance_schema.threads t on t.thread_id = s.thread_id
            where t.processlist_id = ? and s.work_estimated > 0""";

    private static final String CONSUMER = """
            select c.enabled from performance_schema.setup_consumers c
            where c.name = 'events_stages_current' and @@performance_schema""";

    /** Knows how many rows a table has. */
    interface Sizes {
        @Nullable
        Long rows(String table) throws SQLException;
    }

    List<ServerTask> of(long session, Statement statement, Sizes sizes) throws SQLException {
        String table = statement.table().orElse("");
        try {
            List<ServerTask> tasks =
                    Rows.ask(connection, STAGE, row -> task(row, statement, sizes.rows(table)), session);
            return tasks.isEmpty() && LONG.contains(statement.verb()) && !isConsumed()
                    ? List.of(untold(statement, "its consumer events_stages_current is off"))
                    : tasks;
        } catch (SQLException e) {
            if (NOT_TOLD.contains(e.getErrorCode())) {
                return LONG.contains(statement.verb())
                        ? List.of(untold(statement, "the watching user can't read it"))
                        : List.of();
            }
            throw e;
        }
    }

    private boolean isConsumed() throws SQLException {
        return Rows.ask(connection, CONSUMER, row -> row.getString(1)).contains("YES");
    }

    static ServerTask task(ResultSet row, Statement statement, @Nullable Long rowsOfTable) throws SQLException {
        String stage = Rows.text(row, "event_name");
        // An ALTER that copies counts rows, one in place the pages of all its stages.
        String unit = stage.endsWith("copy to tmp table") ? "rows" : "blocks";
        return new ServerTask(
                statement.verb().toUpperCase(Locale.ROOT),
                statement.table().orElse(""),
                stage.replaceFirst("^stage/[a-z]+/", ""),
                Rows.whole(row, "work_completed"),
                Rows.whole(row, "work_estimated"),
                unit,
                rowsOfTable);
    }

    private static ServerTask untold(Statement statement, String why) {
        return new ServerTask(
                statement.verb().toUpperCase(Locale.ROOT),
                statement.table().orElse(""),
                "how far is told by performance_schema, and " + why,
                null,
                null,
                "blocks",
                null);
    }
}

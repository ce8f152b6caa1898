package io.flywatch.cdc.adapter.jdbc;

import io.flywatch.cdc.lag.SourceLook;
import io.flywatch.events.pipeline.PipelineDeclared;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks a MySQL or MariaDB source for its clock, the heartbeat, and how long it keeps its binlog. */
final class MySqlLook {
    private static final double SECONDS_OF_DAY = 86_400;

    /** The newer name first: MySQL 8 and MariaDB 10.6 know it. */
    private static final List<Expiry> EXPIRY =
            List.of(new Expiry("binlog_expire_logs_seconds", 1), new Expiry("expire_logs_days", SECONDS_OF_DAY));

    private record Expiry(String variable, double unit) {}

    SourceLook at(Connection connection, PipelineDeclared pipeline) throws SQLException {
        double skew = Skew.of(() -> now(connection));
        return new SourceLook(
                skew,
                null,
                heartbeatAge(connection, pipeline.heartbeatTable()),
                null,
                null,
                null,
                null,
                keepSeconds(connection),
                null);
    }

    private static Instant now(Connection connection) throws SQLException {
        double seconds = number(connection, "select unix_timestamp(now(6))");
        return Instant.ofEpochSecond(0, Math.round(seconds * 1e6) * 1_000);
    }

    /** Null if there is no heartbeat, or its table can't be read: then nothing follows from it. */
    private static @Nullable Double heartbeatAge(Connection connection, @Nullable String table) {
        if (table == null) {
            return null;
        }
        try {
            String name = "`" + table.replace("`", "``").replace(".", "`.`") + "`";
            return number(connection, "select timestampdiff(microsecond, max(beat_at), now(6)) / 1e6 from " + name);
        } catch (SQLException notReadable) {
            return null;
        }
    }

    /** 0 stands for never. */
    private static @Nullable Double keepSeconds(Connection connection) {
        for (Expiry expiry : EXPIRY) {
            try {
                double value = number(connection, "select @@global." + expiry.variable());
                if (value > 0) {
                    return value * expiry.unit();
                }
            } catch (SQLException unknownVariable) {
                continue;
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    private static double number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getDouble(1);
        }
    }
}

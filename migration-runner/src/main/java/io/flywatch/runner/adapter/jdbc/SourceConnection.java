package io.flywatch.runner.adapter.jdbc;

import io.flywatch.runner.Connections;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Opens a connection to a source for as long as a question takes; nothing is pooled, as questions are rare. */
final class SourceConnection {
    static final String PREFIX = "jdbc:";

    private static final int NO_SUCH_DATABASE = 1049;

    private SourceConnection() {}

    static Connection open(String name, Connections connections, Duration timeout) {
        return open(name, connections, timeout, null);
    }

    /** Opens another database of the same server, if one is named. */
    static Connection open(String name, Connections connections, Duration timeout, @Nullable String database) {
        Connections.Settings settings = connections.named(name, PREFIX);
        SourceUrl url = SourceUrl.of(settings.url());
        String address = address(settings.url(), url, database);
        Properties properties = new Properties();
        settings.username().ifPresent(it -> properties.put("user", it));
        settings.password().ifPresent(it -> properties.put("password", it));
        long seconds = Math.max(1, timeout.toSeconds());
        if (url.isMySql()) {
            properties.put("connectTimeout", Long.toString(seconds * 1_000));
            properties.put("socketTimeout", Long.toString(seconds * 3_000));
            properties.put("allowPublicKeyRetrieval", "true");
        } else {
            properties.put("connectTimeout", Long.toString(seconds));
            properties.put("loginTimeout", Long.toString(seconds));
            properties.put("socketTimeout", Long.toString(seconds * 3));
            properties.put("ApplicationName", "flywatch-runner");
        }
        try {
            return DriverManager.getConnection(address, properties);
        } catch (SQLException e) {
            // Parameters of the URL may hold a password.
            throw failure(name, settings.url().replaceAll("\\?.*", ""), e);
        }
    }

    /** The driver of MariaDB serves MySQL, too. */
    private static String address(String configured, SourceUrl url, @Nullable String database) {
        String parameters = configured.contains("?") ? configured.substring(configured.indexOf('?')) : "";
        String scheme = url.isMySql() ? "mariadb" : "postgresql";
        String named = database == null ? url.database() : database;
        return "jdbc:" + scheme + "://" + url.host() + ":" + url.port() + "/" + named + parameters;
    }

    static RunFailure failure(String name, String url, SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (state.startsWith("28")) {
            return new RunFailure(
                    FailureType.SOURCE_CREDENTIALS,
                    "The source '%s' (%s) refuses the credentials: %s. Correct flywatch.connections.%s.username and .password."
                            .formatted(name, url, message(e), name),
                    e);
        }
        if (state.equals("3D000") || e.getErrorCode() == NO_SUCH_DATABASE) {
            return new RunFailure(
                    FailureType.CONFIGURATION,
                    "The source '%s' has no such database: %s. Correct flywatch.connections.%s.url."
                            .formatted(name, message(e), name),
                    e);
        }
        return new RunFailure(
                FailureType.SOURCE_UNREACHABLE,
                "The source '%s' (%s) does not answer: %s. Start it, or correct flywatch.connections.%s.url."
                        .formatted(name, url, message(e), name),
                e);
    }

    static String message(SQLException e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        String line = message.lines().findFirst().orElse("").strip();
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}

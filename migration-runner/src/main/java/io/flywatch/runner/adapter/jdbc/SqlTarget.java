package io.flywatch.runner.adapter.jdbc;

import io.flywatch.runner.Connections;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.sql.Dialect;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/**
 * A database that scripts work on, by the name of its connection.
 *
 * @param url of JDBC
 */
public record SqlTarget(String name, Dialect dialect, String url, Properties credentials) {
    private static final String POSTGRESQL = "jdbc:postgresql://";
    private static final String MARIADB = "jdbc:mariadb://";
    private static final String MYSQL = "jdbc:mysql://";

    /** The target of that name, or a failure that says which key is missing. */
    public static SqlTarget of(String name, Connections connections) {
        Connections.Settings settings = connections.named(name, "jdbc:");
        Properties credentials = new Properties();
        settings.username().ifPresent(it -> credentials.put("user", it));
        settings.password().ifPresent(it -> credentials.put("password", it));
        String url = settings.url();
        if (url.startsWith(POSTGRESQL)) {
            return new SqlTarget(name, Dialect.POSTGRESQL, url, credentials);
        }
        if (url.startsWith(MARIADB) || url.startsWith(MYSQL)) {
            String ours = url.startsWith(MYSQL) ? MARIADB + url.substring(MYSQL.length()) : url;
            return new SqlTarget(name, Dialect.MARIADB, ours, credentials);
        }
        throw new RunFailure(
                FailureType.CONFIGURATION,
                "The connection '%s' is of a kind that scripts can't work on. Set flywatch.connections.%s.url to %s…, %s… or %s…."
                        .formatted(name, name, POSTGRESQL, MARIADB, MYSQL));
    }

    /**
     * A connection for questions that take a moment.
     *
     * @param timeout for the connecting; an answer may take three times as long
     */
    public Connection connect(Duration timeout) throws SQLException {
        Properties properties = properties(timeout, "flywatch-watch");
        long answer = Math.max(1, timeout.toSeconds()) * 3;
        properties.put("socketTimeout", Long.toString(dialect == Dialect.POSTGRESQL ? answer : answer * 1000));
        return open(properties);
    }

    /** Asks the driver itself, as DriverManager does not find it from every class loader. */
    private Connection open(Properties properties) throws SQLException {
        Driver driver = switch (dialect) {
            case POSTGRESQL -> new org.postgresql.Driver();
            case MARIADB -> new org.mariadb.jdbc.Driver();
        };
        Connection connection = driver.connect(url, properties);
        if (connection == null) {
            throw new SQLException("the driver does not understand the URL", "08001");
        }
        return connection;
    }

    /**
     * A connection for work of any length. The server gives up a statement of PostgreSQL within seconds of losing us.
     *
     * @param session what the server's list of sessions calls it
     */
    public Connection connectForWork(Duration timeout, String session) throws SQLException {
        Properties properties = properties(timeout, session);
        properties.put("tcpKeepAlive", "true");
        Connection connection = open(properties);
        try (var statement = connection.createStatement()) {
            switch (dialect) {
                case POSTGRESQL ->
                    statement.execute("select set_config('client_connection_check_interval', '5s', false)"
                            + " from pg_settings where name = 'client_connection_check_interval'");
                case MARIADB -> statement.execute("select get_lock('" + session + "', 0)");
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private Properties properties(Duration timeout, String session) {
        Properties properties = new Properties();
        properties.putAll(credentials);
        long seconds = Math.max(1, timeout.toSeconds());
        switch (dialect) {
            case POSTGRESQL -> {
                properties.put("connectTimeout", Long.toString(seconds));
                properties.put("loginTimeout", Long.toString(seconds));
                properties.put("ApplicationName", session);
            }
            case MARIADB -> {
                properties.put("connectTimeout", Long.toString(seconds * 1000));
                properties.put("connectionAttributes", "program_name:" + session);
            }
        }
        return properties;
    }

    /** The URL without parameters, as these may hold a password. */
    public String place() {
        return url.replaceAll("\\?.*", "");
    }

    /** Whether the server, or the way to it, is away for a while. */
    public static boolean isAway(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return state.startsWith("08") || state.matches("57P0[1-5]|53300") || e.getErrorCode() == 1053;
    }

    /** The failure of a connection that did not come about. */
    public RunFailure failure(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (state.startsWith("28") || e.getErrorCode() == 1044) {
            return new RunFailure(
                    FailureType.CONFIGURATION,
                    "The database '%s' (%s) refuses the credentials: %s. Correct flywatch.connections.%s.username and .password."
                            .formatted(name, place(), SourceConnection.message(e), name),
                    e);
        }
        if (state.equals("3D000") || e.getErrorCode() == 1049) {
            return new RunFailure(
                    FailureType.CONFIGURATION,
                    "The server of '%s' (%s) has no such database: %s. Create it, or correct flywatch.connections.%s.url."
                            .formatted(name, place(), SourceConnection.message(e), name),
                    e);
        }
        return new RunFailure(
                FailureType.TARGET,
                "The database '%s' (%s) does not answer: %s. Start it, or correct flywatch.connections.%s.url."
                        .formatted(name, place(), SourceConnection.message(e), name),
                e);
    }
}

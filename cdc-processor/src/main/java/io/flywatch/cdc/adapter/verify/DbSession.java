package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.verify.AwayException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A connection to PostgreSQL, or to MySQL or MariaDB, that is opened anew after trouble. Values come and go as the texts that the database
 * writes, so that nothing on the way has an opinion on them. Not for several threads.
 */
final class DbSession implements AutoCloseable {
    private static final Map<String, String> POSTGRESQL = Map.of(
            "connectTimeout", "5",
            "socketTimeout", "300",
            "tcpKeepAlive", "true",
            "ApplicationName", "flywatch-verification",
            "binaryTransfer", "false",
            "stringtype", "unspecified");
    private static final Map<String, String> MYSQL = Map.of(
            "connectTimeout", "5000",
            "socketTimeout", "300000",
            "tcpKeepAlive", "true",
            "allowPublicKeyRetrieval", "true",
            "useServerPrepStmts", "false");

    private static final List<String> OF_MYSQL = List.of(
            "set session time_zone = '+00:00'",
            "set names utf8mb4",
            "set session sql_mode = ''",
            "set session group_concat_max_len = 1048576",
            "set session transaction isolation level read committed");

    private final String url;
    private final Properties login;
    private final boolean writes;
    private @Nullable Connection open;

    /** What is done with a connection. */
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** A session that only reads. */
    DbSession(String url, @Nullable String user, @Nullable String password) {
        this(url, user, password, false);
    }

    DbSession(String url, @Nullable String user, @Nullable String password, boolean writes) {
        this.url = url;
        this.writes = writes;
        this.login = new Properties();
        if (user != null) {
            login.setProperty("user", user);
        }
        if (password != null) {
            login.setProperty("password", password);
        }
        (postgresql() ? POSTGRESQL : MYSQL).forEach(login::setProperty);
    }

    private boolean postgresql() {
        return url.startsWith("jdbc:postgresql:");
    }

    /** Does it; throws {@link AwayException} if the database fails, for a reason without contents of rows. */
    <T> T run(Work<T> work) {
        try {
            Connection connection = connection();
            T result = work.with(connection);
            // Each look is a transaction of its own: none may keep the server from cleaning up behind it.
            connection.commit();
            return result;
        } catch (SQLException e) {
            close();
            throw new AwayException("the database failed with SQL state " + e.getSQLState(), e);
        }
    }

    private Connection connection() throws SQLException {
        if (open == null || open.isClosed()) {
            Connection fresh = DriverManager.getConnection(url, login);
            open = fresh;
            try (Statement statement = fresh.createStatement()) {
                for (String setting : postgresql() ? settings() : OF_MYSQL) {
                    statement.execute(setting);
                }
            }
            fresh.setAutoCommit(false);
        }
        return open;
    }

    private List<String> settings() {
        return List.of(
                "set timezone = 'UTC'",
                "set datestyle = 'ISO, YMD'",
                "set intervalstyle = 'postgres'",
                "set bytea_output = 'hex'",
                "set extra_float_digits = 1",
                "set default_transaction_read_only = " + (writes ? "off" : "on"));
    }

    @Override
    public void close() {
        Connection closing = open;
        open = null;
        if (closing != null) {
            try {
                closing.close();
            } catch (SQLException gone) {
                // It is gone, as it should be.
            }
        }
    }
}

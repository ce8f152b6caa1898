package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.verify.AwayException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A connection to PostgreSQL that is opened anew after trouble. Not for several threads. */
final class PgSession implements AutoCloseable {
    private static final int SECONDS_TO_CONNECT = 5;
    private static final int SECONDS_TO_ANSWER = 300;

    private final String url;
    private final Properties login;
    private final boolean writes;
    private @Nullable Connection open;

    /** What is done with a connection. */
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** A session that only reads. */
    PgSession(String url, @Nullable String user, @Nullable String password) {
        this(url, user, password, false);
    }

    PgSession(String url, @Nullable String user, @Nullable String password, boolean writes) {
        this.url = url;
        this.writes = writes;
        this.login = new Properties();
        if (user != null) {
            login.setProperty("user", user);
        }
        if (password != null) {
            login.setProperty("password", password);
        }
        login.setProperty("connectTimeout", Integer.toString(SECONDS_TO_CONNECT));
        login.setProperty("socketTimeout", Integer.toString(SECONDS_TO_ANSWER));
        login.setProperty("tcpKeepAlive", "true");
        login.setProperty("ApplicationName", "flywatch-verification");
        // Values come and go as the texts that PostgreSQL writes, so that nothing on the way has an opinion on them.
        login.setProperty("binaryTransfer", "false");
        login.setProperty("stringtype", "unspecified");
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
            throw new AwayException("PostgreSQL failed with SQL state " + e.getSQLState(), e);
        }
    }

    private Connection connection() throws SQLException {
        if (open == null || open.isClosed()) {
            Connection fresh = DriverManager.getConnection(url, login);
            open = fresh;
            try (Statement statement = fresh.createStatement()) {
                statement.execute("set timezone = 'UTC'");
                statement.execute("set datestyle = 'ISO, YMD'");
                statement.execute("set intervalstyle = 'postgres'");
                statement.execute("set bytea_output = 'hex'");
                statement.execute("set extra_float_digits = 1");
                statement.execute("set default_transaction_read_only = " + (writes ? "off" : "on"));
            }
            fresh.setAutoCommit(false);
        }
        return open;
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

package io.flywatch.runner.adapter.flyway;

import io.flywatch.runner.adapter.jdbc.SqlTarget;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Gives Flyway one and the same connection whenever it asks for one. Of a script and its entry in the history, which Flyway writes by
 * another connection on MariaDB and MySQL, both or none are then committed; and there is one session to watch, to cancel and to end.
 */
final class OneConnection implements DataSource, AutoCloseable {
    private final SqlTarget target;
    private final Duration timeout;
    private final String session;
    private final StatementListener listener;
    private volatile @Nullable Connection physical;

    OneConnection(SqlTarget target, Duration timeout, String session, StatementListener listener) {
        this.target = target;
        this.timeout = timeout;
        this.session = session;
        this.listener = listener;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return WatchedConnection.of(physical(), listener);
    }

    /** The connection itself. */
    synchronized Connection physical() throws SQLException {
        Connection open = physical;
        if (open == null || open.isClosed()) {
            open = target.connectForWork(timeout, session);
            physical = open;
        }
        return open;
    }

    /** Gives it up, whatever it waits for; for a connection whose session is gone. */
    void abort() {
        Connection open = physical;
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException e) {
                throw new IllegalStateException("the connection can't be given up: " + e.getMessage(), e);
            }
        }
    }

    @Override
    public void close() {
        Connection open = physical;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                abort();
            }
        }
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public int getLoginTimeout() {
        return (int) timeout.toSeconds();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("this wraps no " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}

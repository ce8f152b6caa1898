package io.flywatch.runner.adapter.flyway;

import io.flywatch.runner.adapter.jdbc.ServerProbe;
import io.flywatch.runner.adapter.jdbc.SqlTarget;
import io.flywatch.runner.server.SessionSight;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A second connection to a server, opened again when it is lost. Used by one thread. */
final class SessionWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SessionWatch.class);

    private final SqlTarget target;
    private final Duration timeout;
    private @Nullable Connection connection;
    private boolean told;

    SessionWatch(SqlTarget target, Duration timeout) {
        this.target = target;
        this.timeout = timeout;
    }

    private interface Question<T> {
        T ask(ServerProbe probe) throws SQLException;
    }

    private <T> T ask(Question<T> question) throws SQLException {
        Connection open = connection;
        if (open == null || open.isClosed()) {
            open = target.connect(timeout);
            connection = open;
        }
        try {
            return question.ask(ServerProbe.of(target.dialect(), open));
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    long session(Connection of) throws SQLException {
        return ask(probe -> probe.session(of));
    }

    /** Ends the sessions of that name; answers how many there were. */
    int end(String name) throws SQLException {
        return ask(probe -> {
            List<Long> sessions = probe.named(name);
            for (long session : sessions) {
                probe.end(session);
            }
            return sessions.size();
        });
    }

    /** What the server says of a session; empty if it can't be asked now. */
    Optional<SessionSight> look(long session) {
        return attempt(probe -> probe.look(session));
    }

    /** Cancels what the session executes, if the server can be asked now. */
    void cancel(long session) {
        attempt(probe -> {
            probe.cancel(session);
            return true;
        });
    }

    private <T> Optional<T> attempt(Question<T> question) {
        try {
            Optional<T> answer = Optional.of(ask(question));
            told = false;
            return answer;
        } catch (SQLException e) {
            if (!told) {
                LOG.warnf("the server can't be watched connection=%s reason=%s", target.name(), e.getMessage());
            }
            told = true;
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debugf("the watching connection is lost reason=%s", e.getMessage());
            }
        }
    }
}

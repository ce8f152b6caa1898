package io.flywatch.runner.adapter.external;

import io.flywatch.runner.adapter.jdbc.ServerProbe;
import io.flywatch.runner.adapter.jdbc.SqlTarget;
import io.flywatch.runner.blocking.Verdict;
import io.flywatch.runner.migration.ExternalMigration;
import io.flywatch.runner.migration.ExternalMigration.Watch;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.server.SessionSight;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Looks at a tool's sessions and tables from a connection of its own, opened again when it is lost. Used by one thread. */
final class ToolWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ToolWatch.class);

    private final ExternalMigration migration;
    private final Watch watch;
    private final SqlTarget target;
    private final Duration timeout;
    private @Nullable Connection connection;
    private boolean away;
    private boolean warned;

    ToolWatch(ExternalMigration migration, Watch watch, SqlTarget target, Duration timeout) {
        this.migration = migration;
        this.watch = watch;
        this.target = target;
        this.timeout = timeout;
    }

    /**
     * What was seen.
     *
     * @param sessions how many sessions the tool has
     * @param changed how often rows of each table were changed, by the server's statistics, since those were last reset
     */
    record Sight(int sessions, SessionSight session, Map<String, Long> changed, Verdict verdict) {}

    /** Throws a failure if nothing can be seen. */
    void check() {
        try (Connection open = target.connect(timeout)) {
            ServerProbe probe = ServerProbe.of(target.dialect(), open);
            probe.tool(watch.application(), watch.user());
            List<String> missing = new ArrayList<>(watch.tables());
            missing.removeAll(probe.changed(watch.tables()).keySet());
            if (!missing.isEmpty()) {
                throw new RunFailure(
                        FailureType.CONFIGURATION,
                        "The database '%s' has no table %s. Correct watch.tables."
                                .formatted(target.name(), String.join(", ", missing)));
            }
        } catch (SQLException e) {
            throw target.failure(e);
        }
    }

    /** A look at the server, if it can be asked now. */
    Optional<Sight> look() {
        try {
            Connection open = connection;
            if (open == null || open.isClosed()) {
                open = target.connect(timeout);
                connection = open;
            }
            Optional<Sight> sight = Optional.of(look(ServerProbe.of(target.dialect(), open)));
            away = false;
            return sight;
        } catch (SQLException e) {
            if (!away) {
                LOG.warnf("the tool can't be watched connection=%s reason=%s", target.name(), e.getMessage());
            }
            away = true;
            close();
            return Optional.empty();
        }
    }

    private Sight look(ServerProbe probe) throws SQLException {
        List<Long> sessions = probe.tool(watch.application(), watch.user());
        List<SessionSight> sights = new ArrayList<>();
        for (long session : sessions) {
            sights.add(probe.look(session));
        }
        SessionSight all = SessionSight.together(sights, sessions);
        Verdict verdict = migration.blocking().on(all.blockade());
        if (verdict instanceof Verdict.Cancel cancel) {
            LOG.warnf("the tool's statements are cancelled migration=%s reason=%s", migration.id(), cancel.reason());
            for (long session : sessions) {
                probe.cancel(session);
            }
        }
        if (verdict instanceof Verdict.Warn warn && !warned) {
            LOG.warnf("others wait migration=%s reason=%s", migration.id(), warn.reason());
        }
        warned = !(verdict instanceof Verdict.Calm);
        return new Sight(sessions.size(), all, probe.changed(watch.tables()), verdict);
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

package io.flywatch.runner.adapter.connect;

import io.flywatch.runner.RunnerMetrics;
import io.flywatch.runner.replication.ConnectorSight;
import io.flywatch.runner.replication.Restarts;
import io.flywatch.runner.run.RunFailure;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Restarts the connector of one run when it, or a task of it, has failed. Used by one thread. */
final class Restarter {
    private static final Logger LOG = Logger.getLogger(Restarter.class);

    private final Connectors connectors;
    private final RunnerMetrics metrics;
    private final String migrationId;
    private final Teller teller;
    private Restarts restarts = Restarts.none();

    Restarter(Connectors connectors, RunnerMetrics metrics, String migrationId, Teller teller) {
        this.connectors = connectors;
        this.metrics = metrics;
        this.migrationId = migrationId;
        this.teller = teller;
    }

    /** Who is told of a restart. */
    interface Teller {
        void restarted(int attempt, String reason, Instant at);
    }

    /** Restarts it if that is due; answers what is to be told of it, which may be nothing. */
    String see(ConnectorSight sight, Instant now) {
        boolean gaveUp = restarts.isGivenUp();
        Restarts.Step step = restarts.see(sight, now);
        restarts = step.after();
        if (step.now()) {
            restart(sight, now);
        }
        if (restarts.isGivenUp() && !gaveUp) {
            LOG.warnf("connector is not restarted any more migration=%s attempts=%s", migrationId, restarts.attempts());
        }
        return sight instanceof ConnectorSight.Failed ? told() : "";
    }

    private void restart(ConnectorSight sight, Instant now) {
        try {
            connectors.restart(migrationId);
            metrics.connectorRestarted(migrationId);
            LOG.warnf(
                    "connector is restarted migration=%s attempt=%s reason=%s",
                    migrationId, restarts.attempts(), sight.trouble());
            tell(sight, now);
        } catch (RunFailure e) {
            LOG.infof("connector is not restarted yet migration=%s reason=%s", migrationId, e.text());
        }
    }

    /** The restart was asked for; that it can't be told now must not end the run. */
    @SuppressWarnings("IllegalCatch") // whatever a database that is away throws
    private void tell(ConnectorSight sight, Instant now) {
        try {
            teller.restarted(restarts.attempts(), sight.trouble(), now);
        } catch (RuntimeException e) {
            LOG.warnf("restart of a connector is not told migration=%s reason=%s", migrationId, e.getMessage());
        }
    }

    private String told() {
        if (restarts.isGivenUp()) {
            return " (restarted " + restarts.attempts()
                    + " times without success: remove the cause and restart it by hand)";
        }
        return " (restart " + (restarts.attempts() + (restarts.next() == null ? 0 : 1)) + " of " + Restarts.MOST
                + (restarts.next() == null ? " was asked for)" : " at " + restarts.next() + ")");
    }
}

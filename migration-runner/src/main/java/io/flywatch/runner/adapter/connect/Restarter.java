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
    private Restarts restarts = Restarts.none();

    Restarter(Connectors connectors, RunnerMetrics metrics, String migrationId) {
        this.connectors = connectors;
        this.metrics = metrics;
        this.migrationId = migrationId;
    }

    /** Restarts it if that is due; answers what is to be told of it, which may be nothing. */
    String see(ConnectorSight sight, Instant now) {
        boolean gaveUp = restarts.isGivenUp();
        Restarts.Step step = restarts.see(sight, now);
        restarts = step.after();
        if (step.now()) {
            restart(sight);
        }
        if (restarts.isGivenUp() && !gaveUp) {
            LOG.warnf("connector is not restarted any more migration=%s attempts=%s", migrationId, restarts.attempts());
        }
        return sight instanceof ConnectorSight.Failed ? told() : "";
    }

    private void restart(ConnectorSight sight) {
        try {
            connectors.restart(migrationId);
            metrics.connectorRestarted(migrationId);
            LOG.warnf(
                    "connector is restarted migration=%s attempt=%s reason=%s",
                    migrationId, restarts.attempts(), sight.trouble());
        } catch (RunFailure e) {
            LOG.infof("connector is not restarted yet migration=%s reason=%s", migrationId, e.text());
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

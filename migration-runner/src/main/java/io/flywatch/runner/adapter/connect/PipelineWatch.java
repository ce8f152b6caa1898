package io.flywatch.runner.adapter.connect;

import io.flywatch.events.Topics;
import io.flywatch.kit.connect.ConnectorStatus;
import io.flywatch.runner.RunnerMetrics;
import io.flywatch.runner.adapter.kafka.LagView;
import io.flywatch.runner.adapter.kafka.NotificationView;
import io.flywatch.runner.adapter.orm.ToldRestarts;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.replication.ConnectorSight;
import io.flywatch.runner.replication.PipelineView;
import io.flywatch.runner.replication.Plan;
import io.flywatch.runner.replication.SnapshotLog;
import io.flywatch.runner.replication.Verifier;
import io.flywatch.runner.replication.VerifyStep;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.RunFailure;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** What can be known of a pipeline from outside: of its connector, its processor and its snapshot. */
@Singleton
public final class PipelineWatch {
    private final Connectors connectors;
    private final LagView lag;
    private final NotificationView notifications;
    private final RunnerMetrics metrics;
    private final ToldRestarts told;
    private final Verifier verifier;
    private final ResnapshotDrivers resnapshots;

    PipelineWatch(
            Connectors connectors,
            LagView lag,
            NotificationView notifications,
            RunnerMetrics metrics,
            ToldRestarts told,
            Verifier verifier,
            ResnapshotDrivers resnapshots) {
        this.connectors = connectors;
        this.lag = lag;
        this.notifications = notifications;
        this.metrics = metrics;
        this.told = told;
        this.verifier = verifier;
        this.resnapshots = resnapshots;
    }

    /** Follows the pipeline of one run. */
    Follower follow(ReplicationMigration migration, Plan plan, Run run) {
        Restarter restarter = new Restarter(
                connectors,
                metrics,
                migration.id(),
                (attempt, reason, at) -> told.restarted(migration.id(), run.id(), attempt, reason, at));
        return new Follower(this, migration, plan, run, restarter, resnapshots.of(migration, run.id()));
    }

    /** The verification of a run that wants one. */
    VerifyStep verifying(Run run, ReplicationMigration.Verify wanted) {
        return new VerifyStep(verifier, run, wanted);
    }

    /** How far the run's verification is, or what came out of it; empty if nothing is known of one. */
    String verification(Run run) {
        return VerifyStep.told(verifier, run.id());
    }

    /** What the connector looks like now. */
    public ConnectorSight connector(String migrationId) {
        ConnectorSight sight = ask(migrationId);
        metrics.connector(migrationId, sight);
        return sight;
    }

    private ConnectorSight ask(String migrationId) {
        try {
            Optional<ConnectorStatus> status = connectors.status(migrationId);
            if (status.isEmpty()) {
                return new ConnectorSight.Missing();
            }
            ConnectorStatus there = status.get();
            if (there.failed()) {
                return new ConnectorSight.Failed(there.firstTrace().orElse("no reason is given"));
            }
            if (there.running()) {
                return new ConnectorSight.Running(there.tasks().size());
            }
            return new ConnectorSight.Idle(there.connector().state());
        } catch (RunFailure e) {
            return new ConnectorSight.Unknown(e.text());
        }
    }

    Optional<PipelineView> pipeline(Run run, Instant now) {
        return lag.of(run.migrationId(), run.id(), now);
    }

    SnapshotLog snapshot(String migrationId, Plan plan) {
        return notifications.snapshot(Topics.changesPrefix(migrationId), plan.notificationsFrom());
    }
}

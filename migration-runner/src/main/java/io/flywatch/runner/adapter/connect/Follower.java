package io.flywatch.runner.adapter.connect;

import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.progress.Observation;
import io.flywatch.runner.replication.Activity;
import io.flywatch.runner.replication.ConnectorSight;
import io.flywatch.runner.replication.Phase;
import io.flywatch.runner.replication.PipelineView;
import io.flywatch.runner.replication.Plan;
import io.flywatch.runner.replication.Progress;
import io.flywatch.runner.replication.SnapshotLog;
import io.flywatch.runner.replication.VerifyStep;
import io.flywatch.runner.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Follows one run's pipeline: looks once a second and remembers what it saw. Looked through by one thread, asked by any. */
final class Follower {
    private final PipelineWatch watch;
    private final ReplicationMigration migration;
    private volatile Plan plan;
    private final Run run;
    private final Restarter restarter;
    private final ResnapshotDriver resnapshots;
    private volatile Observation latest = Observation.of(Phase.SNAPSHOT.label(), "waiting for the first rows");
    private volatile long streamed;
    private @Nullable Instant failedSince;
    private Optional<PipelineView> pipeline = Optional.empty();

    Follower(
            PipelineWatch watch,
            ReplicationMigration migration,
            Plan plan,
            Run run,
            Restarter restarter,
            ResnapshotDriver resnapshots) {
        this.watch = watch;
        this.migration = migration;
        this.plan = plan;
        this.run = run;
        this.restarter = restarter;
        this.resnapshots = resnapshots;
    }

    /**
     * What was seen.
     *
     * @param rows snapshot rows applied
     * @param failedSince since when the connector is failed or gone; null if it isn't
     */
    record Sight(
            boolean snapshotApplied, long rows, @Nullable Instant failedSince, String trouble) {
        Duration failedFor(Instant now) {
            return failedSince == null ? Duration.ZERO : Duration.between(failedSince, now);
        }
    }

    Sight look(Phase phase, Instant now) {
        ConnectorSight connector = watch.connector(migration.id());
        SnapshotLog snapshot = watch.snapshot(migration.id(), plan);
        // A view that is there no more was not undone: the rows stay counted until the processor speaks again.
        pipeline = watch.pipeline(run, now).or(() -> pipeline);
        failedSince = failedSince(connector, now);
        Map<String, Long> applied = pipeline.map(PipelineView::tables).orElse(Map.of()).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().snapshotRows()));
        Progress progress = new Progress(plan, snapshot, pipeline, migration.expectedRowsPerSecond());
        String resnapshot = phase == Phase.SNAPSHOT ? "" : resnapshots.look(pipeline, now);
        String activity = VerifyStep.beside(
                phase,
                Activity.of(phase, connector, snapshot, pipeline, plan, now)
                        + restarter.see(connector, now)
                        + (resnapshot.isEmpty() ? "" : "; " + resnapshot),
                watch.verification(run));
        latest = phase == Phase.SNAPSHOT ? progress.ofSnapshot(activity) : progress.ofStream(phase, activity);
        streamed = progress.streamedRows();
        return new Sight(
                snapshot.isApplied(
                        applied, pipeline.map(PipelineView::appliedUpTo).orElse(null)),
                progress.snapshotRows(),
                failedSince,
                connector.trouble());
    }

    private @Nullable Instant failedSince(ConnectorSight connector, Instant now) {
        return switch (connector) {
            case ConnectorSight.Failed failed -> failedSince == null ? now : failedSince;
            case ConnectorSight.Missing missing -> failedSince == null ? now : failedSince;
            case ConnectorSight.Unknown unknown -> failedSince;
            case ConnectorSight.Running running -> null;
            case ConnectorSight.Idle idle -> null;
        };
    }

    /** From now on with these remarks. */
    void remarks(Plan changed) {
        plan = changed;
    }

    Observation latest() {
        return latest;
    }

    /** Whether everything that was committed at the source up to then is in the target; the clocks may differ by a second. */
    boolean isApplied(Instant upTo) {
        Instant applied = pipeline.map(PipelineView::appliedUpTo).orElse(null);
        return applied != null && applied.isAfter(upTo.plusSeconds(1));
    }

    long streamedRows() {
        return streamed;
    }
}

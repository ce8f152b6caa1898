package io.flywatch.runner;

import io.flywatch.events.anomaly.Anomaly;
import io.flywatch.runner.adapter.connect.PipelineWatch;
import io.flywatch.runner.adapter.kafka.AnomalyView;
import io.flywatch.runner.adapter.kafka.LagView;
import io.flywatch.runner.adapter.orm.RunStore;
import io.flywatch.runner.gate.Condition;
import io.flywatch.runner.gate.Gate;
import io.flywatch.runner.gate.GateRules;
import io.flywatch.runner.migration.ExternalMigration;
import io.flywatch.runner.migration.Migration;
import io.flywatch.runner.migration.MongoMigration;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.migration.SqlMigration;
import io.flywatch.runner.replication.FinishRules;
import io.flywatch.runner.run.Run;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Gathers what is known and lets the rules judge it. */
@Singleton
public final class Gates {
    private final RunStore store;
    private final LagView lag;
    private final AnomalyView anomalies;
    private final PipelineWatch watch;
    private final RunnerMetrics metrics;
    private final Clock clock = Clock.systemUTC();

    Gates(RunStore store, LagView lag, AnomalyView anomalies, PipelineWatch watch, RunnerMetrics metrics) {
        this.store = store;
        this.lag = lag;
        this.anomalies = anomalies;
        this.watch = watch;
        this.metrics = metrics;
    }

    /** The gate of a migration, now. */
    public Gate judge(Migration migration, Duration maxStaleness) {
        Instant now = clock.instant();
        Optional<Run> latest = store.latest(migration.id());
        List<Anomaly> open =
                latest.map(run -> anomalies.of(migration.id(), run.id())).orElse(List.of());
        List<Condition> conditions = switch (migration) {
            case MongoMigration it -> GateRules.ofChangeSets(latest, open, now);
            case SqlMigration it -> GateRules.ofChangeSets(latest, open, now);
            case ExternalMigration it -> GateRules.ofChangeSets(latest, open, now);
            case ReplicationMigration it ->
                latest.map(run -> replication(run, open, maxStaleness, now))
                        .orElseGet(() -> GateRules.ofChangeSets(latest, open, now));
        };
        Gate gate = Gate.of(migration.id(), conditions, now);
        metrics.gate(migration.id(), gate.open());
        return gate;
    }

    private List<Condition> replication(Run run, List<Anomaly> open, Duration maxStaleness, Instant now) {
        return GateRules.ofReplication(
                run,
                lag.of(run.migrationId(), run.id(), now),
                watch.connector(run.migrationId()),
                open,
                maxStaleness,
                now);
    }

    /** What keeps a replication's run from being finished. */
    public List<String> notFinished(Run run) {
        Instant now = clock.instant();
        return FinishRules.reasons(run, lag.of(run.migrationId(), run.id(), now), now);
    }
}

package io.flywatch.runner;

import io.flywatch.events.anomaly.Anomaly;
import io.flywatch.events.progress.ProgressSample;
import io.flywatch.runner.adapter.kafka.AlertView;
import io.flywatch.runner.adapter.kafka.AnomalyView;
import io.flywatch.runner.adapter.kafka.TopicViews;
import io.flywatch.runner.adapter.kafka.WatchView;
import io.flywatch.runner.adapter.orm.RunStore;
import io.flywatch.runner.gate.Condition;
import io.flywatch.runner.gate.CutoverFacts;
import io.flywatch.runner.gate.CutoverRules;
import io.flywatch.runner.gate.Gate;
import io.flywatch.runner.gate.GateFacts;
import io.flywatch.runner.gate.GateQuestion;
import io.flywatch.runner.gate.GateRules;
import io.flywatch.runner.migration.Migration;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.replication.FinishRules;
import io.flywatch.runner.resnapshot.Resnapshot;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.RunFailure;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gathers what is known and lets the rules judge it. */
@Singleton
public final class Gates {
    private static final String UNREAD = "the topics of anomalies and alerts have not been read up to their ends";

    private final RunStore store;
    private final Cutovers cutovers;
    private final Engines engines;
    private final Samples samples;
    private final AnomalyView anomalies;
    private final AlertView alerts;
    private final WatchView watches;
    private final TopicViews views;
    private final RunnerMetrics metrics;
    private final Clock clock = Clock.systemUTC();

    Gates(
            RunStore store,
            Cutovers cutovers,
            Engines engines,
            Samples samples,
            AnomalyView anomalies,
            AlertView alerts,
            WatchView watches,
            TopicViews views,
            RunnerMetrics metrics) {
        this.store = store;
        this.cutovers = cutovers;
        this.engines = engines;
        this.samples = samples;
        this.anomalies = anomalies;
        this.alerts = alerts;
        this.watches = watches;
        this.views = views;
        this.metrics = metrics;
    }

    /** The gate of a migration, now. */
    public Gate judge(Migration migration, GateQuestion question) {
        Instant now = clock.instant();
        Optional<Run> latest = store.latest(migration.id());
        boolean cutover = migration instanceof ReplicationMigration && latest.isPresent();
        GateFacts facts = facts(migration, latest, !cutover, now);
        List<Condition> conditions = cutover
                ? CutoverRules.of(question, latest.orElseThrow(), facts, cutovers.facts(latest.orElseThrow(), now))
                : GateRules.ofRun(question, facts);
        Gate gate = Gate.of(migration.id(), conditions, now);
        metrics.gate(migration.id(), gate.open());
        return gate;
    }

    private GateFacts facts(Migration migration, Optional<Run> latest, boolean declaration, Instant now) {
        List<Anomaly> open =
                latest.map(run -> anomalies.of(migration.id(), run.id())).orElse(List.of());
        Optional<ProgressSample> sample = latest.flatMap(run -> samples.of(run.id()));
        List<String> missing = new ArrayList<>();
        Optional<RunFailure> refusal = declaration ? refusal(migration, latest, missing) : Optional.empty();
        Optional<RunFailure> refused = refusal.filter(it -> !isPassing(it.type()));
        Optional<RunFailure> unknown = refusal.filter(it -> isPassing(it.type()));
        return new GateFacts(
                latest,
                refused.map(RunFailure::text).orElse(null),
                unknown.map(RunFailure::text).orElse(null),
                missing,
                sample.map(ProgressSample::errors).orElse(0L),
                sample.map(ProgressSample::rowsDone).orElse(0L),
                open,
                alerts.critical(migration.id()),
                views.isCurrent() ? null : UNREAD,
                declaration ? null : latest.map(run -> unwatched(run, now)).orElse(null),
                now);
    }

    /** An edited change set that was applied is found here, as it is before a run. */
    private Optional<RunFailure> refusal(Migration migration, Optional<Run> latest, List<String> missing) {
        try {
            engines.check(migration);
            latest.ifPresent(run -> engines.steps(migration).stream()
                    .filter(step -> !run.isDone(step))
                    .forEach(missing::add));
            return Optional.empty();
        } catch (RunFailure e) {
            return Optional.of(e);
        }
    }

    /** A finished run has no statistics any more: nobody has to watch it. */
    private @Nullable String unwatched(Run run, Instant now) {
        if (!run.isActive()) {
            return null;
        }
        return GateRules.unwatched(watches.judgedUpTo(run.migrationId(), run.id()), now);
    }

    private static boolean isPassing(FailureType type) {
        return type == FailureType.TARGET
                || type == FailureType.SOURCE_UNREACHABLE
                || type == FailureType.KAFKA
                || type == FailureType.KAFKA_CONNECT;
    }

    /** What keeps a replication's run from being finished. */
    public List<String> notFinished(Run run) {
        Instant now = clock.instant();
        CutoverFacts facts = cutovers.facts(run, now);
        List<String> reasons = new ArrayList<>(FinishRules.reasons(run, facts.pipeline(), now));
        facts.resnapshots().stream()
                .filter(Resnapshot::isUnderWay)
                .findFirst()
                .ifPresent(it -> reasons.add(
                        "A snapshot of " + String.join(", ", it.tables()) + " is under way: wait for it, or stop it."));
        return reasons;
    }
}

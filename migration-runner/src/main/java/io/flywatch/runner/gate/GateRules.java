package io.flywatch.runner.gate;

import io.flywatch.events.anomaly.Anomaly;
import io.flywatch.events.anomaly.Severity;
import io.flywatch.events.progress.RunState;
import io.flywatch.runner.replication.ConnectorSight;
import io.flywatch.runner.replication.Phase;
import io.flywatch.runner.replication.PipelineView;
import io.flywatch.runner.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What must hold for a gate to be open. */
public final class GateRules {
    /** A sample that is older says nothing of now. */
    private static final Duration FRESH = Duration.ofSeconds(15);

    private GateRules() {}

    /** A {@code mongodb} migration: its latest run succeeded. */
    public static List<Condition> ofChangeSets(Optional<Run> latest, List<Anomaly> anomalies, Instant now) {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(latest.map(run -> Condition.of(
                        "run",
                        run.status().state() == RunState.SUCCEEDED && !run.isRollback(),
                        run.isRollback()
                                ? "the latest run undoes what was done: " + told(run)
                                : "the latest run " + told(run),
                        now))
                .orElseGet(() -> Condition.unknown("run", "there has been no run")));
        conditions.add(anomalies(anomalies, now));
        return conditions;
    }

    /** A {@code replication}: all that is known of what a cutover asks for. */
    public static List<Condition> ofReplication(
            Run run,
            Optional<PipelineView> pipeline,
            ConnectorSight connector,
            List<Anomaly> anomalies,
            Duration maxStaleness,
            Instant now) {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(
                Condition.of("run", run.status().state() == RunState.RUNNING, "the latest run " + told(run), now));
        boolean complete = run.isDone(Phase.SNAPSHOT.label());
        conditions.add(Condition.of(
                "snapshot",
                complete,
                complete ? "all rows of the snapshot are in the target" : "the snapshot is not complete",
                now));
        Optional<PipelineView> fresh = pipeline.filter(it -> it.silence(now).compareTo(FRESH) <= 0);
        String silent = pipeline.isPresent()
                ? "the processor has been silent for "
                        + pipeline.get().silence(now).toSeconds() + " s"
                : "the processor has not spoken of this run";
        conditions.add(
                fresh.map(it -> staleness(it, maxStaleness)).orElseGet(() -> Condition.unknown("staleness", silent)));
        conditions.add(fresh.map(it -> Condition.of(
                        "dead-letters",
                        it.deadLetters() == 0,
                        it.deadLetters() + " changes are in the dead letters",
                        it.at()))
                .orElseGet(() -> Condition.unknown("dead-letters", silent)));
        conditions.add(connector(connector, now));
        conditions.add(anomalies(anomalies, now));
        return conditions;
    }

    private static Condition staleness(PipelineView view, Duration most) {
        if (view.stalenessSeconds() == null) {
            return Condition.unknown("staleness", "staleness has not been measured yet");
        }
        double seconds = view.stalenessSeconds();
        String evidence =
                String.format(Locale.ROOT, "staleness is %.1f s, allowed are %.1f s", seconds, most.toMillis() / 1e3);
        return Condition.of("staleness", seconds <= most.toMillis() / 1e3, evidence, view.at());
    }

    private static Condition connector(ConnectorSight connector, Instant now) {
        return switch (connector) {
            case ConnectorSight.Running it -> Condition.of("connector", true, "the connector and its task run", now);
            case ConnectorSight.Unknown it -> Condition.unknown("connector", it.reason());
            case ConnectorSight.Idle it -> Condition.of("connector", false, it.trouble(), now);
            case ConnectorSight.Failed it -> Condition.of("connector", false, it.trouble(), now);
            case ConnectorSight.Missing it -> Condition.of("connector", false, it.trouble(), now);
        };
    }

    private static Condition anomalies(List<Anomaly> open, Instant now) {
        List<String> critical = open.stream()
                .filter(it -> it.severity() == Severity.CRITICAL)
                .map(Anomaly::summary)
                .toList();
        return Condition.of(
                "anomalies",
                critical.isEmpty(),
                critical.isEmpty()
                        ? "no critical anomaly is open"
                        : "open and critical: " + String.join("; ", critical),
                now);
    }

    private static String told(Run run) {
        return run.id() + " is " + run.status().state().name().toLowerCase(Locale.ROOT);
    }
}

package io.flywatch.runner.gate;

import static io.flywatch.runner.gate.GateRules.told;

import io.flywatch.events.lag.LagSample.Headroom;
import io.flywatch.events.verification.Outcome;
import io.flywatch.events.verification.VerificationFinished;
import io.flywatch.runner.replication.ConnectorSight;
import io.flywatch.runner.replication.Fence;
import io.flywatch.runner.replication.Phase;
import io.flywatch.runner.replication.PipelineView;
import io.flywatch.runner.resnapshot.Resnapshot;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What must hold before one may cut over to a replication's target: all of it, and what is not known does not hold. A replication that
 * was finished was judged then; of what can change since, verification and alarms are still asked for.
 */
public final class CutoverRules {
    /** A sample that is older says nothing of now. */
    private static final Duration FRESH = Duration.ofSeconds(15);
    /** By how much the source's clock and the processor's picture of it may differ. */
    private static final Duration SKEW = Duration.ofSeconds(1);

    private static final String PROCESSOR = "Look whether the cdc-processor runs and reaches Kafka.";
    private static final String VERIFY = "Start a verification of all tables at the cdc-processor.";

    private CutoverRules() {}

    /** The conditions of a replication with that latest run. */
    public static List<Condition> of(GateQuestion question, Run run, GateFacts facts, CutoverFacts seen) {
        List<Condition> conditions = new ArrayList<>();
        boolean finished = run.status() instanceof RunStatus.Succeeded;
        conditions.add(run(run, facts.now()));
        if (!finished) {
            conditions.add(snapshot(run, seen, facts.now()));
            conditions.addAll(pipeline(question, facts, seen));
            conditions.add(connector(seen.connector(), facts.now()));
        }
        conditions.add(verification(seen, finished));
        if (!finished) {
            conditions.add(fence(seen));
        }
        conditions.addAll(GateRules.alarms(facts));
        return GateRules.asked(question, conditions);
    }

    private static Condition run(Run run, Instant now) {
        boolean holds = run.status() instanceof RunStatus.Running || run.status() instanceof RunStatus.Succeeded;
        String evidence = run.status() instanceof RunStatus.Succeeded ended
                ? "run " + run.id() + " was finished at " + ended.at() + ", when nothing was on its way any more"
                : "the latest run " + told(run);
        String remedy = run.status() instanceof RunStatus.Paused ? "Resume it." : "Start a new run.";
        return Condition.of("run", holds, evidence, now, remedy);
    }

    private static Condition snapshot(Run run, CutoverFacts seen, Instant now) {
        boolean complete = run.isDone(Phase.SNAPSHOT.label());
        Optional<Resnapshot> underWay =
                seen.resnapshots().stream().filter(Resnapshot::isUnderWay).findFirst();
        if (complete && underWay.isPresent()) {
            return Condition.of(
                    "snapshot",
                    false,
                    "a new snapshot of " + String.join(", ", underWay.get().tables()) + " is under way since "
                            + underWay.get().askedAt(),
                    now,
                    "Wait for it, or stop it: POST …/runs/{run}/snapshots/"
                            + underWay.get().id() + "/stop.");
        }
        return Condition.of(
                "snapshot",
                complete,
                complete ? "all rows of the snapshot are in the target" : "the snapshot is not complete",
                now,
                "Wait for it.");
    }

    private static List<Condition> pipeline(GateQuestion question, GateFacts facts, CutoverFacts seen) {
        Instant now = facts.now();
        Optional<PipelineView> fresh =
                seen.pipeline().filter(it -> it.silence(now).compareTo(FRESH) <= 0);
        if (fresh.isEmpty()) {
            String silent = seen.pipeline()
                    .map(it -> "the processor has been silent for "
                            + it.silence(now).toSeconds() + " s")
                    .orElse("the processor has not spoken of this run");
            return List.of("lag", "staleness", "dead-letters", "error-rate", "headroom").stream()
                    .map(it -> Condition.unknown(it, silent, PROCESSOR))
                    .toList();
        }
        PipelineView view = fresh.get();
        return List.of(
                lag(question, view),
                staleness(question, view, seen, now),
                deadLetters(view),
                GateRules.errorRate(question, facts),
                headroom(question, view));
    }

    private static Condition lag(GateQuestion question, PipelineView view) {
        double most = question.maxLag().toMillis() / 1e3;
        if (view.lagSeconds() == null) {
            // No change was applied in the last second: then staleness alone tells how far the target is behind.
            return view.stalenessSeconds() == null
                    ? Condition.unknown("lag", "no lag has been measured yet", "Wait for the first changes.")
                    : Condition.of("lag", true, "no change was applied in the last second", view.at(), "");
        }
        return Condition.of(
                "lag",
                view.lagSeconds() <= most,
                String.format(Locale.ROOT, "changes arrive after %.1f s, allowed are %.1f s", view.lagSeconds(), most),
                view.at(),
                "Wait until it has caught up: " + view.reason());
    }

    private static Condition staleness(GateQuestion question, PipelineView view, CutoverFacts seen, Instant now) {
        if (view.stalenessSeconds() == null) {
            return Condition.unknown(
                    "staleness", "staleness has not been measured yet", "Wait; the processor says: " + view.reason());
        }
        double seconds = view.stalenessSeconds();
        double most = question.maxStaleness().toMillis() / 1e3;
        String evidence = String.format(Locale.ROOT, "staleness is %.1f s, allowed are %.1f s", seconds, most);
        boolean holds = seconds <= most;
        if (!question.steady().isZero()) {
            Duration held = seen.staleness().heldFor(question.maxStaleness(), now);
            evidence += ", held for " + held.toSeconds() + " s, asked are "
                    + question.steady().toSeconds() + " s";
            holds = holds && held.compareTo(question.steady()) >= 0;
        }
        return Condition.of(
                "staleness", holds, evidence, view.at(), "Wait until the target has caught up for long enough.");
    }

    private static Condition deadLetters(PipelineView view) {
        return Condition.of(
                "dead-letters",
                view.deadLetters() == 0 && view.parkedKeys() == 0,
                view.deadLetters() + " changes are in the dead letters, " + view.parkedKeys()
                        + " keys wait behind them",
                view.at(),
                "Mend their cause and replay them.");
    }

    private static Condition headroom(GateQuestion question, PipelineView view) {
        if (view.headroom().isEmpty()) {
            return Condition.unknown("headroom", "no headroom has been measured", PROCESSOR);
        }
        for (Headroom it : view.headroom()) {
            if (!it.unlimited() && it.seconds() == null) {
                return Condition.unknown(
                        "headroom",
                        "the headroom of " + it.resource() + " is not known: " + it.reason(),
                        "Give the log a limit that can be measured, or ask without this condition.");
            }
        }
        Optional<Headroom> least = view.headroom().stream()
                .filter(it -> it.seconds() != null)
                .min((one, other) -> Double.compare(seconds(one), seconds(other)));
        Duration asked = question.minHeadroom();
        boolean holds = least.isEmpty() || seconds(least.get()) >= asked.toMillis() / 1e3;
        String evidence = least.map(it -> "%s loses data in %s at the earliest, asked are %s"
                        .formatted(it.resource(), span(Math.round(seconds(it))), span(asked.toSeconds())))
                .orElse("no log throws anything away");
        return Condition.of("headroom", holds, evidence, view.at(), "Let the log keep more, or the pipeline catch up.");
    }

    private static double seconds(Headroom headroom) {
        return headroom.seconds() == null ? Double.MAX_VALUE : headroom.seconds();
    }

    private static String span(long seconds) {
        Duration time = Duration.ofSeconds(seconds);
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        return time.toHours() > 0
                ? time.toHours() + " h " + time.toMinutesPart() + " min"
                : time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }

    private static Condition connector(ConnectorSight connector, Instant now) {
        String remedy = "Look at the connector at Kafka Connect; a failed one is restarted by the runner.";
        return switch (connector) {
            case ConnectorSight.Running it ->
                Condition.of("connector", true, "the connector and its task run", now, remedy);
            case ConnectorSight.Unknown it -> Condition.unknown("connector", it.reason(), remedy);
            case ConnectorSight.Idle it -> Condition.of("connector", false, it.trouble(), now, remedy);
            case ConnectorSight.Failed it -> Condition.of("connector", false, it.trouble(), now, remedy);
            case ConnectorSight.Missing it -> Condition.of("connector", false, it.trouble(), now, remedy);
        };
    }

    private static Condition verification(CutoverFacts seen, boolean finished) {
        if (seen.verification().isEmpty()) {
            return Condition.unknown("verification", "no verification of this run has ended", VERIFY);
        }
        VerificationFinished last = seen.verification().get();
        String id = "verification " + last.verificationId();
        if (seen.outdated() != null) {
            return Condition.of("verification", false, id + " is outdated: " + seen.outdated(), last.at(), VERIFY);
        }
        if (!last.whole()) {
            return Condition.of("verification", false, id + " did not compare everything", last.at(), VERIFY);
        }
        Optional<Instant> fence = finished ? Optional.empty() : seen.fence().map(Fence::setAt);
        if (fence.isPresent() && last.startedAt().isBefore(fence.get())) {
            String evidence = id + " began before the fence was set at " + fence.get();
            return Condition.of("verification", false, evidence, last.at(), VERIFY);
        }
        Optional<Instant> written = seen.resnapshots().stream()
                .map(Resnapshot::end)
                .filter(Objects::nonNull)
                .map(Resnapshot.End::at)
                .max(Comparator.naturalOrder());
        if (written.isPresent() && last.startedAt().isBefore(written.get())) {
            String evidence = id + " began before tables were read anew, which ended at " + written.get();
            return Condition.of("verification", false, evidence, last.at(), VERIFY);
        }
        String evidence = String.format(
                Locale.ROOT,
                "%s: %s (%d rows, %d missing, %d extra, %d different, %d unsettled)",
                id,
                last.reason(),
                last.rows(),
                last.missing(),
                last.extra(),
                last.different(),
                last.unsettled());
        return Condition.of("verification", last.outcome() == Outcome.EQUAL, evidence, last.at(), VERIFY);
    }

    private static Condition fence(CutoverFacts seen) {
        if (seen.fence().isEmpty()) {
            return Condition.unknown(
                    "fence", "no fence is set", "Stop the writers at the source, then POST …/runs/{run}/fence.");
        }
        Fence fence = seen.fence().get();
        Instant upTo = seen.pipeline().map(PipelineView::appliedUpTo).orElse(null);
        String set = "fence " + fence.token() + " was set at the source at " + fence.sourceAt() + " by " + fence.by();
        if (upTo == null) {
            return Condition.unknown("fence", set + "; how far the target is, is not known", PROCESSOR);
        }
        return Condition.of(
                "fence",
                upTo.isAfter(fence.sourceAt().plus(SKEW)),
                set + "; the target has everything up to " + upTo,
                seen.pipeline().map(PipelineView::at).orElseThrow(),
                "Wait until the target is up to it.");
    }
}

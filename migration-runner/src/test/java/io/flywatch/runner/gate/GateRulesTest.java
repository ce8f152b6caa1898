package io.flywatch.runner.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.events.anomaly.Anomaly;
import io.flywatch.events.anomaly.Severity;
import io.flywatch.events.lag.LagSample.Headroom;
import io.flywatch.events.lag.PipelineState;
import io.flywatch.events.progress.MigrationKind;
import io.flywatch.events.verification.Outcome;
import io.flywatch.events.verification.VerificationFinished;
import io.flywatch.runner.replication.ConnectorSight;
import io.flywatch.runner.replication.Fence;
import io.flywatch.runner.replication.FinishRules;
import io.flywatch.runner.replication.PipelineView;
import io.flywatch.runner.replication.StalenessLog;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.RunStatus;
import io.flywatch.runner.run.RunStep;
import io.flywatch.runner.run.Undo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GateRulesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final ConnectorSight RUNNING = new ConnectorSight.Running(1);
    private static final Headroom UNLIMITED = new Headroom("kafka", null, true, "it keeps everything");

    @Test
    void opensForACutoverWhenAllHolds() {
        assertThat(closedBy(run(true), seen())).isEmpty();
    }

    @Test
    void staysClosedForWhatIsNotKnownAndSaysWhatToDo() {
        Seen silent = seen().with(view(3.0, 0, NOW.minusSeconds(60), UNLIMITED));
        Headroom unmeasured = new Headroom("source_log", null, false, "no limit is set");

        assertThat(closedBy(run(true), seen().silent()))
                .containsExactly("lag", "staleness", "dead-letters", "error-rate", "headroom", "fence");
        assertThat(closedBy(run(true), silent)).contains("staleness");
        assertThat(closedBy(run(true), seen().with(view(null, 0, NOW, UNLIMITED))))
                .containsExactly("staleness", "fence");
        assertThat(closedBy(run(true), seen().with(view(3.0, 0, NOW, UNLIMITED, unmeasured))))
                .containsExactly("headroom");
        assertThat(closedBy(run(true), seen().with(new ConnectorSight.Unknown("away"))))
                .containsExactly("connector");
        assertThat(closedBy(run(true), seen().verified(null))).containsExactly("verification");
        assertThat(closedBy(run(true), seen().fenced(null))).containsExactly("fence");
        assertThat(conditions(GateQuestion.USUAL, run(true), seen().silent(), List.of()))
                .filteredOn(it -> it.verdict() != Condition.Verdict.HOLDS)
                .allSatisfy(it -> assertThat(it.remedy()).isNotBlank());
    }

    @Test
    void closesForEachConditionAlone() {
        Headroom short_ = new Headroom("source_log", 600.0, false, "");

        assertThat(closedBy(run(false), seen())).containsExactly("snapshot");
        assertThat(closedBy(run(true), seen().with(view(61.0, 0, NOW, UNLIMITED))))
                .contains("staleness");
        assertThat(closedBy(run(true), seen().with(view(3.0, 1, NOW, UNLIMITED))))
                .containsExactly("dead-letters");
        assertThat(closedBy(run(true), seen().with(new ConnectorSight.Failed("x"))))
                .containsExactly("connector");
        assertThat(closedBy(run(true), seen().with(view(3.0, 0, NOW, UNLIMITED, short_))))
                .containsExactly("headroom");
        assertThat(closedBy(run(true), seen().verified(verification(Outcome.MISMATCHED, true, NOW))))
                .containsExactly("verification");
        assertThat(closedBy(run(true), seen().verified(verification(Outcome.EQUAL, false, NOW))))
                .containsExactly("verification");
        assertThat(closedBy(run(true), seen().verified(verification(Outcome.EQUAL, true, NOW.minusSeconds(60)))))
                .as("it began before the fence")
                .containsExactly("verification");
        assertThat(closedBy(run(true), seen().fenced(NOW.minusSeconds(2)))).containsExactly("fence");
        assertThat(conditions(GateQuestion.USUAL, run(true), seen(), List.of(critical())))
                .filteredOn(it -> it.verdict() == Condition.Verdict.FAILS)
                .extracting(Condition::name)
                .containsExactly("anomalies");
    }

    @Test
    void takesNoSilenceForCalm() {
        String unread = "not read";
        String unwatched = "nobody watches";

        assertThat(alarms(List.of(), unread, null)).containsExactly("anomalies UNKNOWN", "alerts UNKNOWN");
        assertThat(alarms(List.of(), null, unwatched)).containsExactly("anomalies UNKNOWN", "alerts HOLDS");
        assertThat(alarms(List.of(critical()), null, unwatched))
                .as("what is known to be wrong is wrong, whoever watches")
                .containsExactly("anomalies FAILS", "alerts HOLDS");
    }

    @Test
    void isWatchedOnlyByWhoJudgedLately() {
        assertThat(GateRules.unwatched(Optional.of(NOW.minusSeconds(30)), NOW)).isNull();
        assertThat(GateRules.unwatched(Optional.of(NOW.minusSeconds(31)), NOW)).contains("31 s");
        assertThat(GateRules.unwatched(Optional.empty(), NOW)).contains("does not watch");
    }

    private static List<String> alarms(List<Anomaly> anomalies, @Nullable String unread, @Nullable String unwatched) {
        GateFacts facts = new GateFacts(
                Optional.of(run(true)), null, null, List.of(), 0, 0, anomalies, List.of(), unread, unwatched, NOW);
        return GateRules.alarms(facts).stream()
                .map(it -> it.name() + " " + it.verdict())
                .toList();
    }

    @Test
    void asksHowLongTheTargetHasBeenUpToDate() {
        StalenessLog log = StalenessLog.empty();
        for (int s = 120; s >= 0; s--) {
            log = log.plus(new StalenessLog.Point(NOW.minusSeconds(s), s == 60 ? 90.0 : 1.0));
        }
        GateQuestion half = asking(Duration.ofSeconds(30));
        GateQuestion two = asking(Duration.ofMinutes(2));

        assertThat(log.heldFor(MINUTE, NOW)).isEqualTo(Duration.ofSeconds(59));
        assertThat(log.heldFor(MINUTE, NOW.plusSeconds(20)))
                .as("silence is no proof")
                .isZero();
        assertThat(names(conditions(half, run(true), seen().with(log), List.of())))
                .isEmpty();
        assertThat(names(conditions(two, run(true), seen().with(log), List.of())))
                .containsExactly("staleness");
    }

    @Test
    void judgesAFinishedReplicationByWhatCanStillChange() {
        Run finished = new Run(
                "r",
                "m",
                MigrationKind.REPLICATION,
                new RunStatus.Succeeded(NOW, NOW),
                "rest",
                null,
                NOW,
                List.of(),
                null,
                0);

        assertThat(closedBy(finished, seen().silent().fenced(null))).isEmpty();
        assertThat(closedBy(finished, seen().verified(null))).containsExactly("verification");
    }

    @Test
    void opensAfterARunThatDidAllThatItsFileSays() {
        Run done = mongo(new RunStatus.Succeeded(NOW, NOW), null);

        assertThat(names(GateRules.ofRun(GateQuestion.USUAL, facts(done, null, List.of(), 0))))
                .isEmpty();
        assertThat(names(GateRules.ofRun(GateQuestion.USUAL, facts(done, "edited", List.of(), 0))))
                .containsExactly("declaration");
        assertThat(names(GateRules.ofRun(GateQuestion.USUAL, facts(done, null, List.of("2 insert"), 0))))
                .containsExactly("complete");
        assertThat(names(GateRules.ofRun(GateQuestion.USUAL, facts(done, null, List.of(), 50))))
                .containsExactly("error-rate");
        assertThat(names(GateRules.ofRun(
                        GateQuestion.USUAL,
                        facts(mongo(new RunStatus.Succeeded(NOW, NOW), new Undo.OfRun("q")), null, List.of(), 0))))
                .as("a rollback's success is not the migration's")
                .containsExactly("run");
    }

    @Test
    void finishesOnlyWhatHasNoBacklog() {
        assertThat(FinishRules.reasons(run(true), Optional.of(view(3.0, 0, NOW, UNLIMITED)), NOW))
                .isEmpty();
        assertThat(FinishRules.reasons(run(false), Optional.empty(), NOW)).hasSize(2);
    }

    private static List<String> closedBy(Run run, Seen seen) {
        return names(conditions(GateQuestion.USUAL, run, seen, List.of()));
    }

    private static List<Condition> conditions(GateQuestion question, Run run, Seen seen, List<Anomaly> anomalies) {
        GateFacts facts =
                new GateFacts(Optional.of(run), null, null, List.of(), 0, 0, anomalies, List.of(), null, null, NOW);
        CutoverFacts cutover = new CutoverFacts(
                Optional.ofNullable(seen.view),
                seen.log,
                seen.connector,
                Optional.ofNullable(seen.verification),
                null,
                List.of(),
                Optional.ofNullable(seen.fence).map(it -> new Fence("t", it, NOW.minusSeconds(30), "anna")));
        return CutoverRules.of(question, run, facts, cutover);
    }

    private static List<String> names(List<Condition> conditions) {
        return conditions.stream()
                .filter(it -> it.verdict() != Condition.Verdict.HOLDS)
                .map(Condition::name)
                .toList();
    }

    private static GateFacts facts(Run run, @Nullable String declaration, List<String> missing, long errors) {
        return new GateFacts(
                Optional.of(run), declaration, null, missing, errors, 100, List.of(), List.of(), null, null, NOW);
    }

    private static GateQuestion asking(Duration steady) {
        return new GateQuestion(MINUTE, MINUTE, steady, MINUTE, 0.01, Set.of());
    }

    private record Seen(
            @Nullable PipelineView view,
            StalenessLog log,
            ConnectorSight connector,
            @Nullable VerificationFinished verification,
            @Nullable Instant fence) {
        Seen with(PipelineView other) {
            return new Seen(other, log, connector, verification, fence);
        }

        Seen silent() {
            return new Seen(null, log, connector, verification, fence);
        }

        Seen with(StalenessLog other) {
            return new Seen(view, other, connector, verification, fence);
        }

        Seen with(ConnectorSight other) {
            return new Seen(view, log, other, verification, fence);
        }

        Seen verified(@Nullable VerificationFinished other) {
            return new Seen(view, log, connector, other, fence);
        }

        Seen fenced(@Nullable Instant other) {
            return new Seen(view, log, connector, verification, other);
        }
    }

    private static Seen seen() {
        return new Seen(
                view(3.0, 0, NOW, UNLIMITED),
                StalenessLog.empty(),
                RUNNING,
                verification(Outcome.EQUAL, true, NOW.minusSeconds(20)),
                NOW.minusSeconds(30));
    }

    private static VerificationFinished verification(Outcome outcome, boolean whole, Instant startedAt) {
        return new VerificationFinished(
                "m", "r", NOW, "v", startedAt, outcome, "told", whole, 10, 0, 0, 0, 0, List.of());
    }

    private static Run run(boolean snapshotDone) {
        RunStep snapshot = new RunStep(3, "snapshot", NOW, snapshotDone ? NOW : null, 0);
        return new Run(
                "r",
                "m",
                MigrationKind.REPLICATION,
                new RunStatus.Running(NOW),
                "rest",
                null,
                NOW,
                List.of(snapshot),
                null,
                0);
    }

    private static Run mongo(RunStatus status, @Nullable Undo undo) {
        return new Run("r", "m", MigrationKind.MONGODB, status, "rest", null, NOW, List.of(), null, 0, 1, undo);
    }

    private static PipelineView view(@Nullable Double staleness, long deadLetters, Instant at, Headroom... headroom) {
        return new PipelineView(
                at,
                PipelineState.STREAMING,
                "",
                staleness,
                1,
                1,
                0,
                deadLetters,
                deadLetters,
                Map.of(),
                0.5,
                0,
                List.of(headroom));
    }

    private static Anomaly critical() {
        return new Anomaly(
                "a", "stalled", "rows", Severity.CRITICAL, 0, 1, "rows/s", NOW, 0, "it stands still", null, null, null);
    }
}

package io.flywatch.anomaly.cause;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.anomaly.rule.Phase;
import io.flywatch.anomaly.rule.Signs;
import io.flywatch.anomaly.rule.Signs.Gap;
import io.flywatch.anomaly.rule.Signs.Stuck;
import io.flywatch.anomaly.rule.Situation;
import io.flywatch.anomaly.rule.Trends;
import io.flywatch.anomaly.series.LagView;
import io.flywatch.events.anomaly.Anomaly.LikelyCause;
import io.flywatch.events.lag.LagSample.StageLag;
import io.flywatch.events.lag.LagSample.Vitals;
import io.flywatch.events.lag.PipelineState;
import io.flywatch.events.progress.ProgressSample;
import io.flywatch.events.progress.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CausesTest {

    private static final Instant T = Instant.parse("2026-11-22T14:00:00Z");
    private static final String FLOWS = "streaming: applying 20 changes/s";

    @Test
    void believesTheRunnerAboutTheConnector() {
        LikelyCause cause = first("waiting: the connector is paused", lag("fine", 0.1, 0.1), Signs.NONE);

        assertThat(cause.kind()).isEqualTo("connector_stopped");
        assertThat(cause.evidence()).isEqualTo("the connector is paused, as the migration-runner sees it");
    }

    @Test
    void readsWhatTheTargetAnswers() {
        assertThat(first(FLOWS, lag("the target answers 53100 (could not extend file)", null, null), Signs.NONE)
                        .kind())
                .isEqualTo("disk_full");
        assertThat(first(FLOWS, lag("the target answers 55P03 (lock timeout)", null, null), Signs.NONE)
                        .kind())
                .isEqualTo("target_lock");
        assertThat(first(
                                FLOWS,
                                lag("The target has not taken writes: it does not answer (08001)", null, null),
                                Signs.NONE)
                        .kind())
                .isEqualTo("network");
    }

    @Test
    void findsTheTargetSlowAgainstItsUsualTime() {
        LikelyCause cause = first(FLOWS, lag("fine", 0.1, 2.0), Signs.NONE);

        assertThat(cause.kind()).isEqualTo("target_slow");
        assertThat(cause.evidence()).isEqualTo("the target is slow: a batch took 2 s to be committed, usual is 0.1 s");
    }

    @Test
    void tellsALockFromASlowTarget() {
        Signs stuck =
                new Signs(new Stuck("public.orders", Duration.ofSeconds(7), 120), null, 0.0, null, Map.of(), null);

        LikelyCause cause = first(FLOWS, lag("fine", 0.1, 0.1), stuck);

        assertThat(cause.kind()).isEqualTo("target_lock");
        assertThat(cause.evidence()).contains("no row of public.orders was applied for 7 s though 120 wait");
    }

    @Test
    void tellsAnAbsentBrokerFromAnAbsentConnector() {
        Signs silent = new Signs(null, new Gap(Duration.ofSeconds(12)), 0.0, null, Map.of(), null);

        assertThat(first(FLOWS, lag("nobody reads the pipeline's replication slot", null, null), silent)
                        .kind())
                .isEqualTo("broker");
    }

    @Test
    void tellsAHeartbeatThatNobodyWritesFromASlowWay() {
        StageLag none = new StageLag(null, null, null);

        assertThat(first(FLOWS, lag("fine", none, 1.0, 9.0), Signs.NONE).kind()).isEqualTo("heartbeat_stopped");
        Suspicions late = new Suspicions();
        late.look(situation(T, FLOWS, lag("fine", none, 8.5, 9.0), Signs.NONE));
        assertThat(late.ranked(T)).as("changes are as late as the heartbeat").isEmpty();
    }

    @Test
    void seesAClockThatJumped() {
        Signs usual = new Signs(null, null, 0.01, null, Map.of(), null);

        assertThat(first(FLOWS, lag("fine", -30.0, 0.1), usual).kind()).isEqualTo("skewed_clock");
    }

    @Test
    void remembersASignForAWhileAndThenForgetsIt() {
        Suspicions suspicions = new Suspicions();
        suspicions.look(situation(T, FLOWS, lag("fine", 0.1, 2.0), Signs.NONE));
        Situation nothing = situation(T.plusSeconds(5), FLOWS, lag("fine", 0.1, 0.1), Signs.NONE);
        suspicions.look(nothing);

        assertThat(suspicions.ranked(T.plusSeconds(5)))
                .extracting(LikelyCause::kind)
                .containsExactly("target_slow");
        assertThat(suspicions.ranked(T.plusSeconds(120))).isEmpty();
    }

    @Test
    void guessesNothing() {
        Suspicions suspicions = new Suspicions();
        suspicions.look(situation(T, FLOWS, lag("fine", 0.1, 0.1), Signs.NONE));

        assertThat(suspicions.ranked(T)).isEmpty();
    }

    private static LikelyCause first(String activity, LagView lag, Signs signs) {
        Suspicions suspicions = new Suspicions();
        suspicions.look(situation(T, activity, lag, signs));
        List<LikelyCause> ranked = suspicions.ranked(T);
        assertThat(ranked).isNotEmpty();
        assertThat(ranked.stream().mapToDouble(LikelyCause::weight).sum()).isBetween(0.0, 1.0);
        return ranked.getFirst();
    }

    private static Situation situation(Instant at, String activity, LagView lag, Signs signs) {
        var progress = new ProgressSample(
                "shop",
                "run-1",
                at,
                RunState.RUNNING,
                "stream",
                activity,
                1,
                null,
                null,
                1,
                null,
                0,
                0,
                null,
                List.of(),
                null);
        var trends = new Trends(T, true, null, 0, 100, 0.0, false, true, 0.1, 100.0, T, T, signs);
        return new Situation("shop", at, Phase.STREAMING, true, null, progress, lag, trends, Map.of());
    }

    private static LagView lag(String reason, @Nullable Double capture, @Nullable Double apply) {
        return lag(reason, new StageLag(capture, 0.1, apply), 1.0, 0.5);
    }

    private static LagView lag(String reason, StageLag stages, double staleness, double heartbeatAge) {
        var vitals = new Vitals(heartbeatAge, List.of(), null, 0, 0);
        return new LagView(
                T,
                PipelineState.STREAMING,
                reason,
                false,
                1.0,
                staleness,
                100,
                100,
                10,
                0,
                0,
                1000,
                stages,
                List.of(),
                0.0,
                vitals);
    }
}

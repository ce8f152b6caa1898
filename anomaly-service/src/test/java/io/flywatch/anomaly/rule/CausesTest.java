package io.flywatch.anomaly.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.anomaly.series.LagView;
import io.flywatch.events.lag.LagSample.StageLag;
import io.flywatch.events.lag.PipelineState;
import io.flywatch.events.progress.ProgressSample;
import io.flywatch.events.progress.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CausesTest {

    private static final Instant T = Instant.parse("2026-11-22T14:00:00Z");

    @Test
    void believesTheRunnerAboutTheConnector() {
        assertThat(cause("waiting: the connector is paused", lag(PipelineState.STREAMING, 0.1, 0.1), 0.1))
                .isEqualTo("the connector is paused, as the migration-runner sees it");
    }

    @Test
    void findsTheTargetSlowAgainstItsUsualTime() {
        assertThat(cause("streaming", lag(PipelineState.CATCHING_UP, 0.1, 2.0), 0.1))
                .isEqualTo("the target is slow: a batch took 2 s to be committed, usual is 0.1 s");
    }

    @Test
    void findsTheStageInWhichTheTimeGoes() {
        assertThat(cause("streaming", lag(PipelineState.CATCHING_UP, 30.0, 0.1), 0.1))
                .contains("captured late: 30 s of 30 s");
        assertThat(cause("streaming", lag(PipelineState.CATCHING_UP, 0.1, 30.0), null))
                .contains("30 s of 30 s pass");
    }

    @Test
    void guessesNothing() {
        assertThat(cause("streaming", lag(PipelineState.STREAMING, 0.1, 0.1), 0.1))
                .isNull();
        assertThat(cause("streaming", null, 0.1)).isNull();
    }

    private static @Nullable String cause(String activity, @Nullable LagView lag, @Nullable Double usualApply) {
        var progress = new ProgressSample(
                "shop",
                "run-1",
                T,
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
        var trends = new Trends(T, true, null, 0, 100, 0.0, false, true, usualApply, 100.0, T, T);
        return Causes.of(new Situation("shop", T, Phase.STREAMING, true, null, progress, lag, trends, Map.of()));
    }

    private static LagView lag(PipelineState state, double capture, double apply) {
        var stages = new StageLag(capture, 0.1, apply);
        return new LagView(
                T, state, "the reason", false, 70.0, 1.0, 100, 100, 10, 0, 0, 1000, stages, List.of(), null, null);
    }
}

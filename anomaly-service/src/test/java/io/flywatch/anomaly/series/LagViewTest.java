package io.flywatch.anomaly.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.anomaly.Samples;
import io.flywatch.events.lag.LagSample;
import io.flywatch.events.lag.LagSample.Headroom;
import io.flywatch.events.lag.LagSample.Vitals;
import io.flywatch.events.lag.PipelineState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LagViewTest {

    private static final Instant T = Instant.parse("2026-11-22T14:00:00Z");

    @Test
    void addsUpCountsAndTakesTheWorstOfTimes() {
        var one = Samples.pipeline(T, "one", PipelineState.STREAMING, 2.0, null, 100, 90, 10, 1, 1000);
        var two = Samples.pipeline(T.plusSeconds(1), "two", PipelineState.THROTTLED, 7.0, 3.0, 50, 20, 400, 2, 500);

        LagView view = LagView.of(List.of(one, two));

        assertThat(view.at()).isEqualTo(T.plusSeconds(1));
        assertThat(view.state()).isEqualTo(PipelineState.THROTTLED);
        assertThat(view.lagSeconds()).isEqualTo(7.0);
        assertThat(view.stalenessSeconds()).isEqualTo(3.0);
        assertThat(view.arrivingPerSecond()).isEqualTo(150);
        assertThat(view.appliedPerSecond()).isEqualTo(110);
        assertThat(view.backlog()).isEqualTo(410);
        assertThat(view.errors()).isEqualTo(3);
        assertThat(view.rows()).isEqualTo(1500);
    }

    @Test
    void leavesUnmeasuredWhatNobodyMeasured() {
        LagView view = LagView.of(List.of(Samples.streaming(T, null, null)));

        assertThat(view.lagSeconds()).isNull();
        assertThat(view.stalenessSeconds()).isNull();
        assertThat(view.worstTable()).isNull();
    }

    private static LagSample with(LagSample sample, Double heartbeat, Double headroom) {
        return new LagSample(
                sample.migrationId(),
                sample.runId(),
                sample.at(),
                sample.replica(),
                sample.state(),
                sample.reason(),
                sample.lagSeconds(),
                sample.stalenessSeconds(),
                sample.clockSkewSeconds(),
                sample.arrivingPerSecond(),
                sample.appliedPerSecond(),
                sample.backlog(),
                sample.errors(),
                sample.deadLetters(),
                sample.stages(),
                sample.tables(),
                new Vitals(heartbeat, List.of(new Headroom("kafka", headroom, false, "kept")), null, 2, 3));
    }

    @Test
    void knowsTheNewestHeartbeatAndTheLeastHeadroomOfAllReplicas() {
        var one = Samples.pipeline(T, "one", PipelineState.STREAMING, 2.0, null, 100, 90, 10, 1, 1000);
        var two = Samples.pipeline(T, "two", PipelineState.THROTTLED, 7.0, 3.0, 50, 20, 400, 2, 500);

        Vitals vitals = LagView.of(List.of(with(one, 1.0, 100.0), with(two, 9.0, 400.0)))
                .vitals();

        assertThat(vitals).isEqualTo(new Vitals(1.0, List.of(new Headroom("kafka", 100.0, false, "kept")), null, 4, 6));
    }
}

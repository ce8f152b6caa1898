package io.flywatch.anomaly.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.anomaly.Samples;
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
}

package io.flywatch.runner.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.events.lag.LagSample;
import io.flywatch.events.lag.LagSample.StageLag;
import io.flywatch.events.lag.LagSample.TableLag;
import io.flywatch.events.lag.PipelineState;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PipelineViewTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final Duration GONE = Duration.ofSeconds(15);

    private static PipelineView view(LagSample... samples) {
        return PipelineView.of(Arrays.asList(samples), NOW, GONE).orElseThrow();
    }

    private static LagSample sample(
            String replica, Duration ago, PipelineState state, @Nullable Double staleness, TableLag... tables) {
        return new LagSample(
                "shop",
                "run-1",
                NOW.minus(ago),
                replica,
                state,
                replica + " says so",
                null,
                staleness,
                null,
                10,
                9,
                3,
                0,
                0,
                new StageLag(null, null, null),
                List.of(tables),
                null);
    }

    private static TableLag table(String name, @Nullable Integer held, @Nullable Integer partitions) {
        return new TableLag(name, name, 0, 0, 0, null, 0, held, partitions);
    }

    @Test
    void leavesOutReplicasThatHoldNothing() {
        PipelineView view = view(
                sample("a", Duration.ZERO, PipelineState.STREAMING, 0.4, table("orders", 1, 1)),
                sample("b", Duration.ofSeconds(1), PipelineState.IDLE, 0.9, table("orders", 0, 1)),
                sample("spare", Duration.ofSeconds(9), PipelineState.UNMEASURED, null, table("orders", 0, 1)));

        assertThat(view.stalenessSeconds()).isEqualTo(0.9);
        assertThat(view.state()).isNotEqualTo(PipelineState.UNMEASURED);
        assertThat(view.at()).isEqualTo(NOW.minusSeconds(1));
    }

    @Test
    void knowsNoStalenessWhileATableIsHeldByNobody() {
        PipelineView view = view(
                sample("a", Duration.ZERO, PipelineState.STREAMING, 0.4, table("orders", 1, 1), table("lines", 1, 3)),
                sample("b", Duration.ZERO, PipelineState.STREAMING, 0.4, table("orders", 0, 1), table("lines", 1, 3)));

        assertThat(view.stalenessSeconds()).isNull();
        assertThat(view.appliedUpTo()).isNull();
        assertThat(view.state()).isEqualTo(PipelineState.UNMEASURED);
        assertThat(view.reason()).contains("lines");
    }

    @Test
    void needsNoReplicaForATableThatHasNoTopicYet() {
        PipelineView view = view(sample(
                "a", Duration.ZERO, PipelineState.STREAMING, 0.4, table("orders", 1, 1), table("empty", 0, null)));

        assertThat(view.stalenessSeconds()).isEqualTo(0.4);
    }

    @Test
    void goesByAllReplicasIfOneOfThemDoesNotTellWhatItHolds() {
        PipelineView view = view(
                sample("a", Duration.ZERO, PipelineState.STREAMING, 0.4, table("orders", 1, 1)),
                sample("old", Duration.ZERO, PipelineState.UNMEASURED, null, table("orders", null, null)));

        assertThat(view.stalenessSeconds()).isNull();
    }

    @Test
    void isUnmeasuredWhileNobodyHoldsAnything() {
        PipelineView view = view(sample("a", Duration.ZERO, PipelineState.UNMEASURED, null, table("orders", 0, null)));

        assertThat(view.stalenessSeconds()).isNull();
        assertThat(view.reason()).isEqualTo("a says so");
    }

    @Test
    void forgetsWhoFellSilentWhileOthersSpeak() {
        PipelineView view = view(
                sample("a", Duration.ZERO, PipelineState.STREAMING, 0.4, table("orders", 1, 1)),
                sample("dead", Duration.ofSeconds(20), PipelineState.STALLED, 50.0, table("orders", 1, 1)));

        assertThat(view.stalenessSeconds()).isEqualTo(0.4);
        assertThat(view.backlog()).isEqualTo(3);
    }
}

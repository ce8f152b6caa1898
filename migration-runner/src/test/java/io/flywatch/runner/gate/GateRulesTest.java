package io.flywatch.runner.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.events.anomaly.Anomaly;
import io.flywatch.events.anomaly.Severity;
import io.flywatch.events.lag.PipelineState;
import io.flywatch.events.progress.MigrationKind;
import io.flywatch.runner.replication.ConnectorSight;
import io.flywatch.runner.replication.FinishRules;
import io.flywatch.runner.replication.PipelineView;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.RunStatus;
import io.flywatch.runner.run.RunStep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GateRulesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void opensWhenAllHolds() {
        assertThat(gate(run(true), view(3.0, 0, NOW), new ConnectorSight.Running(1), List.of()))
                .isTrue();
    }

    @Test
    void staysClosedForWhatIsNotKnown() {
        ConnectorSight running = new ConnectorSight.Running(1);

        assertThat(gate(run(true), Optional.empty(), running, List.of())).isFalse();
        assertThat(gate(run(true), view(null, 0, NOW), running, List.of())).isFalse();
        assertThat(gate(run(true), view(3.0, 0, NOW.minusSeconds(60)), running, List.of()))
                .isFalse();
        assertThat(gate(run(true), view(3.0, 0, NOW), new ConnectorSight.Unknown("away"), List.of()))
                .isFalse();
    }

    @Test
    void closesForEachConditionAlone() {
        ConnectorSight running = new ConnectorSight.Running(1);

        assertThat(gate(run(false), view(3.0, 0, NOW), running, List.of())).isFalse();
        assertThat(gate(run(true), view(61.0, 0, NOW), running, List.of())).isFalse();
        assertThat(gate(run(true), view(3.0, 1, NOW), running, List.of())).isFalse();
        assertThat(gate(run(true), view(3.0, 0, NOW), new ConnectorSight.Failed("x"), List.of()))
                .isFalse();
        assertThat(gate(run(true), view(3.0, 0, NOW), running, List.of(critical())))
                .isFalse();
    }

    @Test
    void finishesOnlyWhatHasNoBacklog() {
        assertThat(FinishRules.reasons(run(true), view(3.0, 0, NOW), NOW)).isEmpty();
        assertThat(FinishRules.reasons(run(false), Optional.empty(), NOW)).hasSize(2);
    }

    private static boolean gate(
            Run run, Optional<PipelineView> view, ConnectorSight connector, List<Anomaly> anomalies) {
        return Gate.of("m", GateRules.ofReplication(run, view, connector, anomalies, MINUTE, NOW), NOW)
                .open();
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

    private static Optional<PipelineView> view(@Nullable Double staleness, long deadLetters, Instant at) {
        return Optional.of(new PipelineView(
                at, PipelineState.STREAMING, "", staleness, 1, 1, 0, deadLetters, deadLetters, Map.of()));
    }

    private static Anomaly critical() {
        return new Anomaly("a", "stalled", "rows", Severity.CRITICAL, 0, 1, "rows/s", NOW, 0, "it stands still", null);
    }
}

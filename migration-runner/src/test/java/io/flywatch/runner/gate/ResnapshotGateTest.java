package io.flywatch.runner.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.events.progress.MigrationKind;
import io.flywatch.events.verification.Outcome;
import io.flywatch.events.verification.VerificationFinished;
import io.flywatch.runner.replication.ConnectorSight;
import io.flywatch.runner.replication.StalenessLog;
import io.flywatch.runner.resnapshot.Resnapshot;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.RunStatus;
import io.flywatch.runner.run.RunStep;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResnapshotGateTest {
    private static final Instant NOW = Instant.parse("2026-11-23T04:00:00Z");

    @Test
    void closesWhileTablesAreReadAnew() {
        assertThat(failing(null, NOW)).containsExactly("snapshot");
        assertThat(failing(new Resnapshot.End(Resnapshot.Outcome.DONE, NOW.minusSeconds(1), "read"), NOW))
                .isEmpty();
    }

    @Test
    void asksForAVerificationOfWhatWasReadAnew() {
        Resnapshot.End stopped = new Resnapshot.End(Resnapshot.Outcome.STOPPED, NOW, "stopped");

        assertThat(failing(stopped, NOW.minusSeconds(1))).containsExactly("verification");
        assertThat(failing(stopped, NOW.plusSeconds(1))).isEmpty();
    }

    private static List<String> failing(Resnapshot.@Nullable End end, Instant verifiedFrom) {
        RunStep snapshot = new RunStep(3, "snapshot", NOW, NOW, 0);
        Run run = new Run(
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
        GateFacts facts =
                new GateFacts(Optional.of(run), null, null, List.of(), 0, 0, List.of(), List.of(), null, null, NOW);
        Resnapshot asked = new Resnapshot(
                "s", "r", NOW, "anna", List.of("public.orders"), Map.of(), Map.of(), Resnapshot.Wish.READ, end);
        CutoverFacts seen = new CutoverFacts(
                Optional.empty(),
                StalenessLog.empty(),
                new ConnectorSight.Running(1),
                Optional.of(new VerificationFinished(
                        "m", "r", NOW, "v", verifiedFrom, Outcome.EQUAL, "told", true, 10, 0, 0, 0, 0, List.of())),
                null,
                List.of(asked),
                Optional.empty());
        return CutoverRules.of(GateQuestion.USUAL, run, facts, seen).stream()
                .filter(it -> it.verdict() == Condition.Verdict.FAILS)
                .map(Condition::name)
                .toList();
    }
}

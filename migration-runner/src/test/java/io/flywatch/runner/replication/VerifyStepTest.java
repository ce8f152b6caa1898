package io.flywatch.runner.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.events.command.CancelVerification;
import io.flywatch.events.command.StartVerification;
import io.flywatch.events.progress.MigrationKind;
import io.flywatch.events.verification.Outcome;
import io.flywatch.events.verification.VerificationFinished;
import io.flywatch.events.verification.VerificationProgress;
import io.flywatch.runner.migration.ReplicationMigration.Verify;
import io.flywatch.runner.replication.VerifyStep.Ended;
import io.flywatch.runner.replication.VerifyStep.Overdue;
import io.flywatch.runner.replication.VerifyStep.Sight;
import io.flywatch.runner.replication.VerifyStep.Waiting;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.RunStatus;
import io.flywatch.runner.run.RunStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerifyStepTest {
    private static final Instant NOW = Instant.parse("2026-11-23T01:00:00Z");

    private final Memory verifier = new Memory();

    /** A processor that is told what to say. */
    private static final class Memory implements Verifier {
        private final List<StartVerification> orders = new ArrayList<>();
        private final List<CancelVerification> cancelled = new ArrayList<>();
        private @Nullable VerificationProgress progress;
        private @Nullable VerificationFinished end;
        private boolean away;

        @Override
        public boolean order(StartVerification order) {
            orders.add(order);
            return !away;
        }

        @Override
        public boolean cancel(CancelVerification order) {
            cancelled.add(order);
            return !away;
        }

        @Override
        public Optional<VerificationProgress> progress(String verificationId) {
            return Optional.ofNullable(progress)
                    .filter(it -> it.verificationId().equals(verificationId));
        }

        @Override
        public Optional<VerificationFinished> end(String verificationId) {
            return Optional.ofNullable(end).filter(it -> it.verificationId().equals(verificationId));
        }
    }

    private static VerificationProgress progress() {
        return new VerificationProgress("shop", "r1", NOW, "run-r1", 4_500, 10_000L, 900.0, 1, 2, 0, 3, null);
    }

    private static VerificationFinished end(String id) {
        return new VerificationFinished(
                "shop",
                "r1",
                NOW,
                id,
                NOW,
                Outcome.MISMATCHED,
                "3 rows are missing",
                true,
                10_000,
                3,
                0,
                0,
                0,
                List.of());
    }

    private VerifyStep step(@Nullable Integer maxRowsPerSecond) {
        RunStep begun = new RunStep(4, "verify", NOW, null, 0);
        Run run = new Run(
                "r1",
                "shop",
                MigrationKind.REPLICATION,
                new RunStatus.Running(NOW),
                "rest",
                null,
                NOW,
                List.of(begun),
                null,
                0);
        return new VerifyStep(verifier, run, new Verify(maxRowsPerSecond, Duration.ofHours(2)));
    }

    @Test
    void ordersOneVerificationForTheRunAndAgainOnlyWhileNobodyAnswers() {
        VerifyStep step = step(20_000);

        step.look(NOW);
        step.look(NOW.plusSeconds(29));
        step.look(NOW.plusSeconds(31));
        verifier.progress = progress();
        step.look(NOW.plus(Duration.ofHours(1)));

        assertThat(verifier.orders)
                .extracting(StartVerification::verificationId)
                .containsExactly("run-r1", "run-r1");
        assertThat(verifier.orders.getFirst().maxRowsPerSecond()).isEqualTo(20_000);
        assertThat(verifier.orders.getFirst().tables()).isEmpty();
    }

    @Test
    void ordersAgainSoonWhileNobodyTakesOrders() {
        VerifyStep step = step(null);
        verifier.away = true;

        assertThat(step.look(NOW)).isEqualTo(new Waiting());
        step.look(NOW.plusSeconds(4));
        verifier.away = false;
        step.look(NOW.plusSeconds(5));
        step.look(NOW.plusSeconds(34));

        assertThat(verifier.orders).hasSize(2);
    }

    @Test
    void endsWithWhateverCameOutOfItsOwnVerification() {
        VerifyStep step = step(null);
        verifier.end = end("v-somebody-elses");

        assertThat(step.look(NOW)).isEqualTo(new Waiting());
        verifier.end = end("run-r1");

        assertThat(step.look(NOW.plusSeconds(1))).isEqualTo(new Ended(end("run-r1")));
    }

    @Test
    void cancelsWhatTakesTooLongAndSaysHowFarItWas() {
        VerifyStep step = step(null);
        step.look(NOW);
        verifier.progress = progress();

        assertThat(step.look(NOW.plus(Duration.ofMinutes(119)))).isEqualTo(new Waiting());
        Sight late = step.look(NOW.plus(Duration.ofHours(2)));

        assertThat(late)
                .isEqualTo(
                        new Overdue(
                                "the verification was cancelled, as it had not ended within PT2H (verify.cancelAfter): 4,500 of 10,000 rows compared, 3 differ; start one of all tables before the cutover"));
        assertThat(verifier.cancelled)
                .extracting(CancelVerification::verificationId)
                .containsExactly("run-r1");
    }

    @Test
    void endsThoughNobodyEverAnsweredOrTakesOrders() {
        VerifyStep step = step(null);
        verifier.away = true;
        step.look(NOW);

        assertThat(step.look(NOW.plus(Duration.ofHours(3))))
                .isInstanceOfSatisfying(
                        Overdue.class, it -> assertThat(it.why()).endsWith("look whether the cdc-processor runs"));
    }

    @Test
    void takesTheEndThatCameWhileNoRunnerWasThere() {
        VerifyStep afterRestart = step(null);
        Instant restart = NOW.plus(Duration.ofHours(30));

        assertThat(afterRestart.look(restart)).isEqualTo(new Waiting());
        verifier.end = end("run-r1");

        assertThat(afterRestart.look(restart.plusSeconds(2))).isEqualTo(new Ended(end("run-r1")));
        assertThat(verifier.cancelled).isEmpty();
    }

    @Test
    void tellsHowFarItIsAndWhatCameOutOfIt() {
        assertThat(VerifyStep.told(verifier, "r1")).isEmpty();

        verifier.progress = progress();
        assertThat(VerifyStep.told(verifier, "r1")).isEqualTo("verifying: 4,500 of 10,000 rows compared, 3 differ");

        verifier.end = end("run-r1");
        assertThat(VerifyStep.told(verifier, "r1")).isEqualTo("verification: 3 rows are missing");
    }

    @Test
    void standsWhereATerminalThatCutsTheEndStillShowsIt() {
        assertThat(VerifyStep.beside(Phase.VERIFY, "streaming", "verifying: 1 rows"))
                .isEqualTo("verifying: 1 rows; streaming");
        assertThat(VerifyStep.beside(Phase.STREAM, "streaming", "verification: equal"))
                .isEqualTo("streaming; verification: equal");
        assertThat(VerifyStep.beside(Phase.SNAPSHOT, "snapshot", "")).isEqualTo("snapshot");
    }

    @Test
    void isAStepOnlyOfARunThatWantsIt() {
        assertThat(Phase.names(true)).containsExactly("check", "connect", "snapshot", "verify", "stream");
        assertThat(Phase.names(false)).containsExactly("check", "connect", "snapshot", "stream");
    }
}

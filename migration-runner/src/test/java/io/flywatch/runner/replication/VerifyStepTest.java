package io.flywatch.runner.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.events.command.StartVerification;
import io.flywatch.events.verification.Outcome;
import io.flywatch.events.verification.VerificationFinished;
import io.flywatch.events.verification.VerificationProgress;
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
        private @Nullable VerificationProgress progress;
        private @Nullable VerificationFinished end;
        private boolean away;

        @Override
        public boolean order(StartVerification order) {
            orders.add(order);
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

    @Test
    void ordersOneVerificationForTheRunAndAgainOnlyWhileNobodyAnswers() {
        VerifyStep step = new VerifyStep(verifier, "shop", "r1", 20_000);

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
        VerifyStep step = new VerifyStep(verifier, "shop", "r1", null);
        verifier.away = true;

        assertThat(step.look(NOW)).isEmpty();
        step.look(NOW.plusSeconds(4));
        verifier.away = false;
        step.look(NOW.plusSeconds(5));
        step.look(NOW.plusSeconds(34));

        assertThat(verifier.orders).hasSize(2);
    }

    @Test
    void endsWithWhateverCameOutOfItsOwnVerification() {
        VerifyStep step = new VerifyStep(verifier, "shop", "r1", null);
        verifier.end = end("v-somebody-elses");

        assertThat(step.look(NOW)).isEmpty();
        verifier.end = end("run-r1");

        assertThat(step.look(NOW.plusSeconds(1))).contains(end("run-r1"));
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

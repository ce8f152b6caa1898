package io.flywatch.runner.resnapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArrivalTest {
    private static final Instant READ = Instant.parse("2026-11-23T04:00:00Z");

    @Test
    void takesNoHeartbeatForAProofThatRowsArrivedWhichMayWaitInTheWorker() {
        Arrival read = Arrival.UNKNOWN.at(Optional.empty(), READ);

        assertThat(read.isComplete(READ.plusSeconds(60))).isFalse();
        assertThat(read.asksForTheTime(Optional.of(READ.plusMillis(900)))).isFalse();
    }

    @Test
    void isCompleteWhenWhatCameAfterAllRowsWereInKafkaIsApplied() {
        Optional<Instant> committed = Optional.of(READ.plusSeconds(2));
        Arrival read = Arrival.UNKNOWN.at(committed, READ);

        assertThat(read.asksForTheTime(committed)).isTrue();
        Arrival sent = read.at(committed, READ.plusSeconds(3));

        assertThat(sent.asksForTheTime(committed)).isFalse();
        assertThat(sent.isComplete(READ.plusMillis(3_500))).isFalse();
        assertThat(sent.isComplete(READ.plusMillis(4_001))).isTrue();
        assertThat(sent.isComplete(null)).isFalse();
    }
}

package io.flywatch.cdc.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SkewTest {
    private static final Duration ONE_WAY = Duration.ofMillis(60);

    @Test
    void holdsTheOtherClockAgainstTheMiddleOfTheRoundTrip() throws SQLException {
        double skew = Skew.of(() -> {
            travel();
            Instant theirs = Instant.now().plusSeconds(5);
            travel();
            return theirs;
        });

        assertThat(skew).isCloseTo(5, Offset.offset(0.04));
    }

    private static void travel() {
        long until = System.nanoTime() + ONE_WAY.toNanos();
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }
}

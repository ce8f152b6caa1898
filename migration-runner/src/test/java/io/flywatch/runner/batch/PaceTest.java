package io.flywatch.runner.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    @Test
    void goesDownWhileBatchesTakeTooLongAndUpAgainToWhatWasAskedFor() {
        Pace pace = new Pace(1_000, null);

        pace.took(Duration.ofSeconds(30), 1_000);
        pace.took(Duration.ofSeconds(30), 500);
        assertThat(pace.size()).isEqualTo(250);

        pace.took(Duration.ofSeconds(9), 250);
        assertThat(pace.size()).isEqualTo(250);

        for (int i = 0; i < 10; i++) {
            pace.took(Duration.ofMillis(10), pace.size());
        }
        assertThat(pace.size()).isEqualTo(1_000);
    }

    @Test
    void comesNearTheLatencyThatWasAskedForAndStaysThere() {
        Duration target = Duration.ofMillis(200);
        Pace pace = new Pace(10_000, target);

        for (int i = 0; i < 100; i++) {
            pace.took(Duration.ofNanos(100_000L * pace.size()), pace.size());
        }

        assertThat(pace.size()).isBetween(1_400, 2_100);
        assertThat(pace.pause()).isZero();
    }

    @Test
    void waitsWhenEvenSmallBatchesTakeTooLong() {
        Pace pace = new Pace(1_000, Duration.ofMillis(200));

        for (int i = 0; i < 10; i++) {
            pace.took(Duration.ofMillis(700), pace.size());
        }

        assertThat(pace.size()).isEqualTo(10);
        assertThat(pace.pause()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void neverStandsStill() {
        Pace pace = new Pace(1_000, null);

        for (int i = 0; i < 20; i++) {
            pace.failed();
        }

        assertThat(pace.size()).isEqualTo(1);
    }
}

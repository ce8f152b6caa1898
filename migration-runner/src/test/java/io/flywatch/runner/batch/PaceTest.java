package io.flywatch.runner.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace(1_000);

    @Test
    void goesDownWhileBatchesTakeLongAndUpAgainToWhatWasAskedFor() {
        pace.took(Duration.ofSeconds(11));
        pace.took(Duration.ofSeconds(11));
        assertThat(pace.size()).isEqualTo(250);

        pace.took(Duration.ofSeconds(5));
        assertThat(pace.size()).isEqualTo(250);

        pace.took(Duration.ofMillis(10));
        pace.took(Duration.ofMillis(10));
        pace.took(Duration.ofMillis(10));
        assertThat(pace.size()).isEqualTo(1_000);
    }

    @Test
    void neverStandsStill() {
        for (int i = 0; i < 20; i++) {
            pace.failed();
        }

        assertThat(pace.size()).isEqualTo(1);
    }
}

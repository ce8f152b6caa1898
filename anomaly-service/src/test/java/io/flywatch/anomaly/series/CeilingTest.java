package io.flywatch.anomaly.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class CeilingTest {

    private static final Instant T = Instant.parse("2026-11-22T14:00:00Z");

    @Test
    void isTwiceWhatIsUsualAndNeverUnderItsFloor() {
        Ceiling ceiling = new Ceiling(Duration.ofMinutes(10), 4);

        for (int s = 0; s < 100; s++) {
            ceiling.add(T.plusSeconds(s), 5);
        }

        assertThat(ceiling.add(T.plusSeconds(100), 5)).isEqualTo(10);
        assertThat(new Ceiling(Duration.ofMinutes(10), 4).add(T, 0))
                .as("nothing is known yet")
                .isEqualTo(12);
    }

    @Property(tries = 100)
    void doesNotGetUsedToTroubleWhileItLasts(@ForAll @DoubleRange(min = 100, max = 1e6) double trouble) {
        Ceiling ceiling = new Ceiling(Duration.ofMinutes(10), 4);
        for (int s = 0; s < 100; s++) {
            ceiling.add(T.plusSeconds(s), 1);
        }

        for (int s = 100; s < 700; s++) {
            ceiling.add(T.plusSeconds(s), trouble);
        }

        assertThat(ceiling.add(T.plusSeconds(700), trouble)).isEqualTo(4);
    }
}

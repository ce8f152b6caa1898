package io.flywatch.anomaly.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WindowTest {

    private static final Instant T = Instant.parse("2026-11-22T14:00:00Z");

    @Test
    void refusesWhatIsNotFiniteAndWhatIsNotNewer() {
        Window window = new Window(Duration.ofMinutes(1));
        window.add(T, 1);

        assertThat(window.add(T.plusSeconds(1), Double.NaN)).isFalse();
        assertThat(window.add(T.plusSeconds(1), Double.POSITIVE_INFINITY)).isFalse();
        assertThat(window.add(T, 2)).isFalse();
        assertThat(window.add(T.minusSeconds(1), 2)).isFalse();
        assertThat(window.last()).hasValue(1);
    }

    @Test
    void keepsTheValueThatItBeganWith() {
        Window window = new Window(Duration.ofSeconds(10));
        window.add(T, 5);
        window.add(T.plusSeconds(12), 8);

        assertThat(window.at(T.plusSeconds(2))).hasValue(5);
        assertThat(window.at(T.minusSeconds(1))).isEmpty();
    }

    @Property(tries = 200)
    void isBoundedByItsLength(
            @ForAll @Size(min = 1, max = 200) List<@DoubleRange(min = -1e6, max = 1e6) Double> values,
            @ForAll @IntRange(min = 1, max = 30) int seconds) {
        Window window = new Window(Duration.ofSeconds(seconds));

        for (int i = 0; i < values.size(); i++) {
            window.add(T.plusSeconds(i), values.get(i));
        }

        Instant now = T.plusSeconds(values.size() - 1L);
        assertThat(window.last()).hasValue(values.getLast());
        assertThat(window.at(now.minusSeconds(seconds)).isPresent()).isEqualTo(values.size() > seconds);
    }

    @Property(tries = 200)
    void findsTheMiddleOfWhatItHolds(
            @ForAll @Size(min = 1, max = 200) List<@IntRange(min = -20, max = 20) Integer> values,
            @ForAll @IntRange(min = 1, max = 30) int seconds) {
        Window window = new Window(Duration.ofSeconds(seconds));

        for (int i = 0; i < values.size(); i++) {
            window.add(T.plusSeconds(i), values.get(i));
            double[] held = values.subList(Math.max(0, i - seconds), i + 1).stream()
                    .mapToDouble(it -> it)
                    .sorted()
                    .toArray();
            assertThat(window.median()).hasValue(held[held.length / 2]);
            assertThat(window.quantile(1)).hasValue(held[held.length - 1]);
            assertThat(window.quantile(0)).hasValue(held[0]);
        }
    }
}

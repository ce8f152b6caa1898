package io.flywatch.anomaly.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ExtremesTest {

    private final Extremes extremes = new Extremes();
    private final Random random = new Random(7);

    @Test
    void onePointInTwoHundredIsExtremeOfWhateverIsUsual() {
        int beyond = 0;
        for (int at = 0; at < 60_000; at++) {
            // Tails that a normal distribution does not have.
            double off = Math.exp(2 * random.nextGaussian() + 2);
            beyond += extremes.beyond(off) > 0 && at >= 10_000 ? 1 : 0;
        }

        assertThat(beyond / 50_000.0).isBetween(0.003, 0.007);
    }

    @Test
    void isCarefulAsLongAsLittleIsKnown() {
        assertThat(extremes.beyond(40)).isZero();
        for (int at = 0; at < 50; at++) {
            extremes.beyond(1);
        }
        double early = extremes.beyond(400);

        Extremes learned = new Extremes();
        learned.beyond(40);
        for (int at = 0; at < 199; at++) {
            learned.beyond(1);
        }
        assertThat(early).isPositive().isLessThan(learned.beyond(400));
    }

    @Test
    void withinThreeScalesNothingIsExtreme() {
        for (int at = 0; at < 10_000; at++) {
            extremes.beyond(0.1);
        }
        assertThat(extremes.beyond(2.9)).isZero();
        assertThat(extremes.beyond(6)).isBetween(0.9, 1.0);
    }
}

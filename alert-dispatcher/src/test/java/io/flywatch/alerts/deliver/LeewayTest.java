package io.flywatch.alerts.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LeewayTest {

    private static final Duration TEN = Duration.ofSeconds(10);
    private static final long HOUR = Duration.ofHours(1).toNanos();

    @Test
    void waitsTwiceAsLongForOneThatDidNotAnswerInTimeUpToFourTimes() {
        Leeway leeway = Leeway.of(TEN, 0).missed(1);

        assertThat(leeway.now()).isEqualTo(TEN.multipliedBy(2));
        assertThat(leeway.missed(2).now()).isEqualTo(TEN.multipliedBy(4));
        assertThat(leeway.missed(2).missed(3).now()).isEqualTo(TEN.multipliedBy(4));
    }

    @Test
    void keepsWaitingForOneThatNeedsItAndForgetsAfterAnHourOfNotNeedingIt() {
        Leeway slow = Leeway.of(TEN, 0).missed(1);

        assertThat(slow.answered(Duration.ofSeconds(12), 2 * HOUR).now()).isEqualTo(slow.now());
        assertThat(slow.answered(Duration.ofSeconds(1), HOUR / 2).now()).isEqualTo(slow.now());
        assertThat(slow.answered(Duration.ofSeconds(12), HOUR)
                        .answered(Duration.ofSeconds(1), HOUR + HOUR / 2)
                        .now())
                .isEqualTo(slow.now());
        assertThat(slow.answered(Duration.ofSeconds(1), HOUR + 1).now()).isEqualTo(TEN);
    }

    @Property(tries = 200)
    void neverLeavesItsBounds(@ForAll @Size(max = 30) List<@LongRange(min = -1, max = 60) Long> answers) {
        Leeway leeway = Leeway.of(TEN, 0);
        long at = 0;
        for (long seconds : answers) {
            at += HOUR / 3;
            leeway = seconds < 0 ? leeway.missed(at) : leeway.answered(Duration.ofSeconds(seconds), at);

            assertThat(leeway.now()).isBetween(TEN, leeway.longest());
        }
    }
}

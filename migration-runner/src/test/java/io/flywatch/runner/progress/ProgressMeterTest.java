package io.flywatch.runner.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.events.progress.Eta;
import io.flywatch.events.progress.ProgressSample;
import io.flywatch.events.progress.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProgressMeterTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ProgressMeter meter = new ProgressMeter();

    @Test
    void tellsRateAndTimeLeft() {
        ProgressSample last = run(30, 1_000, 100_000);

        assertThat(last.rowsPerSecond()).isEqualTo(1_000);
        assertThat(last.eta())
                .isEqualTo(new Eta(Duration.ofSeconds(71), Duration.ofSeconds(71), Duration.ofSeconds(71)));
        assertThat(last.expectedRowsPerSecond()).isEqualTo(1_000);
    }

    @Test
    void expectsWhatEarlierRunsReachedUnlessTheFileSays() {
        meter.usually(5_000);

        ProgressSample last = run(30, 1_000, 100_000);

        assertThat(last.expectedRowsPerSecond()).isEqualTo(5_000);
        assertThat(meter.learned()).hasValue(1_000);
    }

    @Test
    void doesNotTakeWaitingForTheFirstRowForSlowness() {
        for (int second = 0; second < 60; second++) {
            sample(second, 0, 1_000L);
        }
        sample(60, 100, 1_000L);
        ProgressSample last = sample(61, 200, 1_000L);

        assertThat(last.rowsPerSecond()).isEqualTo(100);
    }

    @Test
    void neverShowsMoreThanAllWhenAnEstimateWasTooLow() {
        ProgressSample last = run(30, 1_000, 500);

        assertThat(last.rowsTotal()).isEqualTo(last.rowsDone());
        assertThat(last.eta()).isNull();
    }

    @Test
    void tellsNoTimeWhenNothingMoves() {
        run(30, 1_000, 100_000);
        ProgressSample last = sample(31, 29_000, 100_000L);
        for (int second = 32; second < 60; second++) {
            last = sample(second, 29_000, 100_000L);
        }

        assertThat(last.rowsPerSecond()).isZero();
        assertThat(last.eta()).isNull();
    }

    @Test
    void expectsWhatWasUsualDuringASlump() {
        run(120, 1_000, 10_000_000);
        ProgressSample last = sample(120, 119_000, 10_000_000L);
        long done = 119_000;
        for (int second = 121; second < 160; second++) {
            done += 10;
            last = sample(second, done, 10_000_000L);
        }

        assertThat(last.rowsPerSecond()).isEqualTo(10);
        assertThat(last.expectedRowsPerSecond()).isEqualTo(1_000);
    }

    @Test
    void survivesAClockThatIsSetBack() {
        run(30, 1_000, 100_000);
        sample(-3_600, 30_000, 100_000L);
        ProgressSample last = sample(-3_599, 31_000, 100_000L);

        assertThat(last.rowsPerSecond()).isEqualTo(1_000);
    }

    @Property(tries = 200)
    void keepsItsBoundsWhateverTheRates(@ForAll @Size(max = 60) List<@IntRange(max = 100_000) Integer> steps) {
        ProgressMeter fresh = new ProgressMeter();
        long done = 0;
        int second = 0;
        for (int step : steps) {
            done += step;
            ProgressSample sample =
                    fresh.sample("m", "r", START.plusSeconds(second++), RunState.RUNNING, seen(done, 1_000_000L));
            assertThat(sample.rowsTotal()).isGreaterThanOrEqualTo(sample.rowsDone());
            assertThat(sample.rowsPerSecond()).isNotNegative();
            assertThat(sample.errorRate()).isBetween(0.0, 1.0);
            Eta eta = sample.eta();
            if (eta != null) {
                assertThat(eta.low()).isLessThanOrEqualTo(eta.likely()).isGreaterThanOrEqualTo(Duration.ZERO);
                assertThat(eta.high()).isGreaterThanOrEqualTo(eta.likely());
            }
        }
    }

    private ProgressSample run(int seconds, long perSecond, long total) {
        ProgressSample last = sample(0, 0, total);
        for (int second = 1; second < seconds; second++) {
            last = sample(second, second * perSecond, total);
        }
        return last;
    }

    private ProgressSample sample(int second, long done, @Nullable Long total) {
        return meter.sample("m", "r", START.plusSeconds(second), RunState.RUNNING, seen(done, total));
    }

    private static Observation seen(long done, @Nullable Long total) {
        return new Observation("snapshot", "", done, total, "counted", 0, null, true, List.of());
    }
}

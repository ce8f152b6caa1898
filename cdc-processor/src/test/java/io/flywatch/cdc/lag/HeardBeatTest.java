package io.flywatch.cdc.lag;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.events.lag.LagSample;
import io.flywatch.events.lag.LagSample.StageLag;
import io.flywatch.events.lag.LagSample.Vitals;
import io.flywatch.events.lag.PipelineState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeardBeatTest {
    private static final Instant WRITTEN = Instant.parse("2026-11-23T10:00:00.123456Z");

    private static LagSample sample(Instant at, @Nullable Double skew, @Nullable Vitals vitals) {
        return new LagSample(
                "shop",
                "run-1",
                at,
                "other",
                PipelineState.IDLE,
                "all is well",
                null,
                null,
                skew,
                0,
                0,
                0,
                0,
                0,
                new StageLag(null, null, null),
                List.of(),
                vitals);
    }

    private static Vitals aged(@Nullable Double seconds) {
        return new Vitals(seconds, List.of(), null, 0, 0);
    }

    /** As a sampler tells it. */
    private static double age(Instant written, Instant at, double skew) {
        return ChronoUnit.MICROS.between(written, at) / 1e6 + skew;
    }

    @Test
    void isWhenTheSourceWroteItWhateverTheOthersClock() {
        Instant at = WRITTEN.plusMillis(1_500).minusSeconds(40);
        double skew = 40;

        assertThat(HeardBeat.of(sample(at, skew, aged(age(WRITTEN, at, skew)))))
                .contains(WRITTEN.truncatedTo(ChronoUnit.MILLIS));
        assertThat(HeardBeat.of(sample(at, null, aged(age(WRITTEN, at, 0)))))
                .contains(WRITTEN.truncatedTo(ChronoUnit.MILLIS));
    }

    @Test
    void isNothingWhereNoneIsKnown() {
        assertThat(HeardBeat.of(sample(WRITTEN, null, null))).isEmpty();
        assertThat(HeardBeat.of(sample(WRITTEN, 0.1, aged(null)))).isEmpty();
    }

    @Test
    void growsNoYoungerWhileTwoTellEachOtherOfIt() {
        Instant heard = WRITTEN;
        Instant now = WRITTEN;
        for (int round = 0; round < 10_000; round++) {
            now = now.plus(Duration.ofNanos(1_000_000_777));
            double skew = round % 2 == 0 ? 0.0123456789 : -3.3333333;
            Optional<Instant> next = HeardBeat.of(sample(now, skew, aged(age(heard, now, skew))));
            heard = next.orElseThrow();
        }

        assertThat(heard).isBeforeOrEqualTo(WRITTEN).isAfter(WRITTEN.minusMillis(10));
    }
}

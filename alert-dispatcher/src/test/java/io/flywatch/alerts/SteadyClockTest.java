package io.flywatch.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SteadyClockTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final AtomicReference<Instant> wall = new AtomicReference<>(NOON);
    private final AtomicLong nanos = new AtomicLong();
    private final SteadyClock clock = new SteadyClock(
            new Clock() {
                @Override
                public Instant instant() {
                    return Objects.requireNonNull(wall.get());
                }

                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }
            },
            nanos::get);

    @Test
    void goesOnEvenlyWhileTheMachinesClockIsSetBackAndFollowsItForwards() {
        pass(Duration.ofSeconds(10));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(10));

        wall.updateAndGet(at -> at.minusSeconds(3600));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(10));
        pass(Duration.ofSeconds(5));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(15));

        wall.updateAndGet(at -> at.plusSeconds(7200));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(3615));
        pass(Duration.ofSeconds(1));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(3616));
    }

    private void pass(Duration time) {
        wall.updateAndGet(at -> at.plus(time));
        nanos.addAndGet(time.toNanos());
    }
}

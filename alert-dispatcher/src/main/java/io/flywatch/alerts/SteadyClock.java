package io.flywatch.alerts;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * A clock that never goes back: it follows the machine's clock forwards, and goes on evenly while that one is behind. Waits that are
 * under way must not grow by an hour because somebody set the clock.
 */
@Singleton
public final class SteadyClock extends Clock {

    private final Clock wall;
    private final LongSupplier nanos;
    private Instant at;
    private long atNanos;

    @Inject
    SteadyClock() {
        this(Clock.systemUTC(), System::nanoTime);
    }

    SteadyClock(Clock wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.at = wall.instant();
        this.atNanos = nanos.getAsLong();
    }

    @Override
    public synchronized Instant instant() {
        long now = nanos.getAsLong();
        Instant steady = at.plus(Duration.ofNanos(now - atNanos));
        Instant told = wall.instant();
        at = told.isAfter(steady) ? told : steady;
        atNanos = now;
        return at;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return wall.withZone(zone);
    }
}

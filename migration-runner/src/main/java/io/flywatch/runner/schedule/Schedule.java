package io.flywatch.runner.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a migration is to be started.
 *
 * @param zone whose clock on the wall is meant
 * @param missed what becomes of a time at which no runner was there
 */
public record Schedule(Cron cron, ZoneId zone, Missed missed) {
    /** A runner that was only busy, or slow, is not late. */
    private static final Duration LATE = Duration.ofMinutes(1);

    /** What becomes of a time at which no runner was there. */
    public enum Missed {
        /** Nothing is started; it is told. */
        SKIP,
        /** The last one missed is started as soon as a runner is there. */
        RUN
    }

    /** What is to be done now. */
    public sealed interface Due {
        /** Nothing. */
        record Nothing() implements Due {}

        /** A run is to be started for that time. */
        record Start(Instant time) implements Due {}

        /** That time was missed, and others before it perhaps; it is only to be told. */
        record Tell(Instant time) implements Due {}
    }

    /**
     * What is to be done now.
     *
     * @param handled the last time that was dealt with; a clock that was set back to before it brings nothing
     */
    public Due due(Instant handled, Instant now) {
        Optional<Instant> last = cron.last(now, zone).filter(it -> it.isAfter(handled));
        if (last.isEmpty()) {
            return new Due.Nothing();
        }
        boolean late = Duration.between(last.get(), now).compareTo(LATE) > 0;
        return late && missed == Missed.SKIP ? new Due.Tell(last.get()) : new Due.Start(last.get());
    }

    /** The next time after now. */
    public @Nullable Instant next(Instant now) {
        return cron.next(now, zone).orElse(null);
    }

    /** The same in one line: whoever changes it begins anew. */
    public String text() {
        return cron + " " + zone;
    }
}

package io.flywatch.cdc.verify;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long to rest, so that neither the source nor the pipeline suffers. */
public final class Pace {
    private static final double NANOS = 1e9;

    private Pace() {}

    /**
     * The rest after a chunk that keeps the rate.
     *
     * @param rows that were read
     * @param took how long the chunk took
     * @param most rows per second; null for no limit
     */
    public static Duration after(long rows, Duration took, @Nullable Integer most) {
        if (most == null) {
            return Duration.ZERO;
        }
        Duration due = Duration.ofNanos((long) (rows / (double) most * NANOS));
        return due.compareTo(took) > 0 ? due.minus(took) : Duration.ZERO;
    }

    /**
     * Whether the pipeline is so far behind that reading its databases would make it worse.
     *
     * @param staleness of the pipeline, in seconds; null while it is not measured
     */
    public static boolean yields(@Nullable Double staleness, Duration most) {
        return staleness != null && staleness > most.toNanos() / NANOS;
    }
}

package io.flywatch.alerts.deliver;

import java.time.Duration;

/**
 * How long to wait before another attempt: twice as long each time, up to a bound, and each time at random between half of that and
 * all of it, so that notices that failed together don't come back together.
 *
 * @param first the wait after the first attempt
 * @param most the longest wait
 */
public record Backoff(Duration first, Duration most) {

    private static final int DOUBLINGS = 30;

    /**
     * The wait.
     *
     * @param attempt how many attempts there were, from 1
     * @param random at least 0 and under 1
     */
    public Duration after(int attempt, double random) {
        long doubled = first.toMillis() * (1L << Math.min(Math.max(0, attempt - 1), DOUBLINGS));
        long bound = Math.min(most.toMillis(), doubled);
        return Duration.ofMillis(bound / 2 + Math.round(bound / 2.0 * random));
    }
}

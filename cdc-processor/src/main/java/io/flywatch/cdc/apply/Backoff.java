package io.flywatch.cdc.apply;

import java.time.Duration;

/**
 * How long to wait before the next attempt: twice as long each time up to a limit, and between half and all of that, so that many
 * who failed together do not come back together.
 */
public record Backoff(Duration first, Duration limit) {

    /**
     * The wait after an attempt failed.
     *
     * @param attempt the failed attempts so far, from 1
     * @param random from 0 to 1
     */
    public Duration after(int attempt, double random) {
        double doubled = first.toMillis() * Math.pow(2, Math.min(attempt - 1, 30));
        double full = Math.min(doubled, limit.toMillis());
        return Duration.ofMillis(Math.round(full * (0.5 + random / 2)));
    }
}

package io.flywatch.alerts.deliver;

import io.flywatch.alerts.deliver.ReceiverSpec.Rate;
import java.time.Instant;

/** Spreads notices evenly, so that no stretch of time gets more of them than the rate allows. */
public final class Pace {

    private Pace() {}

    /**
     * What may be told.
     *
     * @param notices how many now
     * @param nextAt when there may be more
     */
    public record Grant(int notices, Instant nextAt) {}

    /**
     * Grants.
     *
     * @param at when the next notice may be told
     * @param most how many are wanted
     */
    public static Grant grant(Instant at, Rate rate, int most, Instant now) {
        if (rate.any()) {
            return new Grant(most, now);
        }
        // A clock that was set back must not keep a receiver waiting.
        Instant sane = at.isAfter(now.plus(rate.each())) ? now.plus(rate.each()) : at;
        return sane.isAfter(now) ? new Grant(0, sane) : new Grant(Math.min(most, 1), now.plus(rate.each()));
    }
}

package io.flywatch.alerts.deliver;

import java.time.Duration;

/**
 * How long a receiver is waited for. One that did not answer in time may have taken what it was told, and hears it again: where that
 * happened it is waited for twice as long from then on, up to four times what was configured, so that a receiver that is slow by nature
 * hears the first notice twice and not each of them. Once it has needed no more than half of that for an hour, it is halved again.
 *
 * @param configured what it begins with, and never goes under
 * @param now how long it is waited for
 * @param needed when so much was needed last, by a stopwatch in nanoseconds
 */
public record Leeway(Duration configured, Duration now, long needed) {

    private static final int MOST = 4;
    private static final Duration KEPT = Duration.ofHours(1);

    /** As configured, for one of whom nothing is known. */
    public static Leeway of(Duration configured, long nanos) {
        return new Leeway(configured, configured, nanos);
    }

    /** No receiver is waited for longer than this. */
    public Duration longest() {
        return configured.multipliedBy(MOST);
    }

    /** It did not answer in time. */
    public Leeway missed(long nanos) {
        Duration doubled = now.multipliedBy(2);
        return new Leeway(configured, doubled.compareTo(longest()) > 0 ? longest() : doubled, nanos);
    }

    /** It answered, after so long. */
    public Leeway answered(Duration after, long nanos) {
        if (now.equals(configured)) {
            return this;
        }
        if (after.multipliedBy(2).compareTo(now) > 0) {
            return new Leeway(configured, now, nanos);
        }
        if (nanos - needed < KEPT.toNanos()) {
            return this;
        }
        Duration half = now.dividedBy(2);
        return new Leeway(configured, half.compareTo(configured) < 0 ? configured : half, nanos);
    }
}

package io.flywatch.cdc.lag;

import io.flywatch.events.lag.LagSample;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The newest heartbeat that another replica's sample speaks of. */
public final class HeardBeat {

    private HeardBeat() {}

    /**
     * When it was written, by the source's clock: the sample's age of it, taken back from the sample's time. To whole milliseconds, never later than it was:
     * replicas that tell each other what they heard would otherwise make it younger by a rounding each time.
     */
    public static Optional<Instant> of(LagSample sample) {
        LagSample.Vitals vitals = sample.vitals();
        Double age = vitals == null ? null : vitals.heartbeatAgeSeconds();
        if (age == null) {
            return Optional.empty();
        }
        Double skew = sample.clockSkewSeconds();
        return Optional.of(sample.at()
                .minusNanos(Math.round((age - (skew == null ? 0 : skew)) * 1e9))
                .truncatedTo(ChronoUnit.MILLIS));
    }
}

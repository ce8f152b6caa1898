package io.flywatch.anomaly.series;

import io.flywatch.anomaly.score.Reading;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The newest point of a series, and what was said of it.
 *
 * @param series the series as events name it
 * @param at the point's time
 * @param value the point's value
 * @param reading what was said of it
 * @param secondsApart how far its points are apart, on the whole
 * @param unusualSince since when the series has been out of its range; null while it is not
 */
public record Sighting(
        String series,
        Meaning meaning,
        Instant at,
        double value,
        Reading reading,
        double secondsApart,
        @Nullable Instant unusualSince) {

    /** For how many seconds no point was as extreme; null if one was. */
    public @Nullable Double highestInSeconds() {
        return reading.highestInPoints() == 0 ? null : reading.highestInPoints() * secondsApart;
    }

    /** Whether it is out of its range now. */
    public boolean isUnusual() {
        return unusualSince != null;
    }
}

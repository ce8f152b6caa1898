package io.flywatch.anomaly.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.flywatch.anomaly.score.Channel;
import io.flywatch.anomaly.score.Reading;
import io.flywatch.anomaly.series.Sighting;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A point of a series, and what was said of it.
 *
 * @param id {@code migration/series}
 * @param unit of all values
 * @param watched whether it is judged by itself; others only explain
 * @param score how bad it is, 0 to 1; beyond 0.1 it is news
 * @param expected what was expected
 * @param lower the band's lower end
 * @param upper the band's upper end
 * @param oneIn among how many points one such is to be expected
 * @param channel what was most unlike the past, where anything was
 * @param unusualSince since when it has been out of its range; left out while it is not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SeriesView(
        String id,
        String unit,
        boolean watched,
        Instant at,
        double value,
        double score,
        double expected,
        double lower,
        double upper,
        double oneIn,
        @Nullable String channel,
        @Nullable Instant unusualSince) {

    static SeriesView of(String migrationId, Sighting seen) {
        Reading reading = seen.reading();
        Channel channel = reading.channel();
        return new SeriesView(
                migrationId + "/" + seen.series(),
                seen.meaning().unit(),
                seen.meaning().watched(),
                seen.at(),
                seen.value(),
                reading.score(),
                reading.expected(),
                reading.lower(),
                reading.upper(),
                reading.oneIn(),
                channel == null ? null : channel.name().toLowerCase(Locale.ROOT),
                seen.unusualSince());
    }
}

package io.flywatch.anomaly.rule;

import io.flywatch.anomaly.series.LagView;
import io.flywatch.anomaly.series.Sighting;
import io.flywatch.events.progress.ProgressSample;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a migration at one moment; what rules judge.
 *
 * @param now the moment, by the clocks of those who sent the samples
 * @param phase what may be expected of the run
 * @param replicates whether a processor takes part in the run
 * @param regimeSince when the phase, step or work after a pause began; null if that was before what is known
 * @param progress the runner's newest sample; null if there is none
 * @param lag the pipeline's newest state; null if there is none
 * @param trends how the numbers went lately
 * @param sightings the newest point of each series, by the series' name
 */
public record Situation(
        String migrationId,
        Instant now,
        Phase phase,
        boolean replicates,
        @Nullable Instant regimeSince,
        @Nullable ProgressSample progress,
        @Nullable LagView lag,
        Trends trends,
        Map<String, Sighting> sightings) {

    /** Whether the present regime is younger than this. */
    public boolean youngerThan(Duration age) {
        return regimeSince != null && now.isBefore(regimeSince.plus(age));
    }
}

package io.flywatch.anomaly.detect;

import io.flywatch.anomaly.episode.OpenEpisode;
import io.flywatch.anomaly.rule.RuleName;
import io.flywatch.anomaly.series.Sighting;
import io.flywatch.events.anomaly.AnomalyClosed;
import java.util.List;
import java.util.Map;

/**
 * What the detector knows at one moment, to be looked at from other threads.
 *
 * @param open the open episodes by migration
 * @param closed episodes that ended, newest first
 * @param scores by migration and rule, how near it is to its limit
 * @param series by migration and series, its newest point and what was said of it
 */
public record Board(
        Map<String, List<OpenEpisode>> open,
        List<AnomalyClosed> closed,
        Map<String, Map<RuleName, Double>> scores,
        Map<String, Map<String, Sighting>> series) {

    /** Nothing is known. */
    public static final Board EMPTY = new Board(Map.of(), List.of(), Map.of(), Map.of());

    public Board {
        open = Map.copyOf(open);
        closed = List.copyOf(closed);
        scores = Map.copyOf(scores);
        series = Map.copyOf(series);
    }
}

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
 * @param migrations what is known of each
 * @param closed episodes that ended, newest first
 */
public record Board(Map<String, Look> migrations, List<AnomalyClosed> closed) {

    /** Nothing is known. */
    public static final Board EMPTY = new Board(Map.of(), List.of());

    public Board {
        migrations = Map.copyOf(migrations);
        closed = List.copyOf(closed);
    }

    /**
     * What is known of one migration.
     *
     * @param open its open episodes
     * @param scores by rule, how near it is to its limit
     * @param series by series, its newest point and what was said of it
     */
    public record Look(List<OpenEpisode> open, Map<RuleName, Double> scores, Map<String, Sighting> series) {

        private static final Look NOTHING = new Look(List.of(), Map.of(), Map.of());

        public Look {
            open = List.copyOf(open);
            scores = Map.copyOf(scores);
            series = Map.copyOf(series);
        }
    }

    /** What is known of a migration; nothing, if it is not watched. */
    public Look of(String migration) {
        return migrations.getOrDefault(migration, Look.NOTHING);
    }
}

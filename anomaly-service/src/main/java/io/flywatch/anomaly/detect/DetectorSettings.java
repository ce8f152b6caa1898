package io.flywatch.anomaly.detect;

import io.flywatch.anomaly.episode.Policy;
import io.flywatch.anomaly.rule.Rule;
import io.flywatch.anomaly.rule.Silence;
import io.flywatch.anomaly.score.Sensitivity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the detector goes by.
 *
 * @param rules judged on each sample
 * @param silences judged on a timer
 * @param policy how patient episodes are
 * @param errorWindow over which errors are counted
 * @param lagLimitSeconds under this, lag counts as worked off
 * @param memory how far back the series reach
 * @param mostSeries how many series a migration may have
 * @param forgetReplicaAfter a replica of the processor that is silent for so long while others speak is gone
 * @param giveUpAfter a run that nothing was heard of for so long is forgotten, and its episodes closed
 * @param history how many closed episodes are kept
 * @param maintenance when nothing is told and nothing is learned
 * @param sensitivity how readily a series is called unusual
 */
public record DetectorSettings(
        List<Rule> rules,
        List<Silence> silences,
        Policy policy,
        Duration errorWindow,
        double lagLimitSeconds,
        Duration memory,
        int mostSeries,
        Duration forgetReplicaAfter,
        Duration giveUpAfter,
        int history,
        Sensitivity sensitivity,
        List<Maintenance> maintenance) {
    public DetectorSettings {
        rules = List.copyOf(rules);
        silences = List.copyOf(silences);
        maintenance = List.copyOf(maintenance);
    }

    /** Whether a migration is under maintenance then. */
    boolean rests(String migrationId, Instant at) {
        return maintenance.stream().anyMatch(it -> it.covers(migrationId, at));
    }

    /** How long a rehearsal has to learn before it tells. */
    public Duration learning() {
        return memory;
    }
}

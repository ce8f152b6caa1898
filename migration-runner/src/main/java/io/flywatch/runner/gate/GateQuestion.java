package io.flywatch.runner.gate;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a caller asks of a gate.
 *
 * @param maxLag the most end-to-end lag of the changes that were applied lately
 * @param maxStaleness how far the target may be behind its source
 * @param steady for how long it must have been no further behind
 * @param minHeadroom the least time to data loss
 * @param maxErrorRate the greatest share of errors among the rows, 0 to 1
 * @param without conditions that are not asked for
 */
public record GateQuestion(
        Duration maxLag,
        Duration maxStaleness,
        Duration steady,
        Duration minHeadroom,
        double maxErrorRate,
        Set<String> without) {

    /** The names of all conditions. */
    public static final List<String> CONDITIONS = List.of(
            "run",
            "declaration",
            "complete",
            "error-rate",
            "snapshot",
            "lag",
            "staleness",
            "dead-letters",
            "connector",
            "headroom",
            "verification",
            "fence",
            "anomalies",
            "alerts");

    /** What is asked if nobody says otherwise. */
    public static final GateQuestion USUAL = new GateQuestion(
            Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ZERO, Duration.ofHours(1), 0.01, Set.of());

    public GateQuestion {
        without = Set.copyOf(without);
    }
}

package io.flywatch.anomaly.series;

import io.flywatch.anomaly.score.Direction;
import io.flywatch.anomaly.score.Nature;
import java.util.Map;

/**
 * What is known of a measure beforehand.
 *
 * @param unit of its values
 * @param nature which way is bad, and what is too small to matter
 * @param watched whether it matters by itself; others only explain
 */
public record Meaning(String unit, Nature nature, boolean watched) {

    private static final Meaning UNKNOWN = new Meaning("", new Nature(Direction.BOTH, 0, 0.05), false);
    private static final Map<String, Meaning> KNOWN = Map.ofEntries(
            Map.entry("behind", new Meaning("seconds", new Nature(Direction.UP, 2, 0.1), true)),
            Map.entry("rows_per_second", new Meaning("rows/s", new Nature(Direction.DOWN, 5, 0.3), true)),
            Map.entry("failing", new Meaning("errors/s", new Nature(Direction.UP, 0.5, 0.1), true)),
            Map.entry("lag", explains("seconds", 1)),
            Map.entry("staleness", explains("seconds", 1)),
            Map.entry("stage", explains("seconds", 0.25)),
            Map.entry("arriving", explains("rows/s", 5)),
            Map.entry("applied", explains("rows/s", 5)),
            Map.entry("backlog", explains("records", 100)),
            Map.entry("dead_letters", explains("records", 0.5)),
            Map.entry("new_dead_letters", explains("records", 0.5)),
            Map.entry("headroom", explains("seconds", 60)),
            Map.entry("heartbeat_age", new Meaning("seconds", new Nature(Direction.UP, 4, 0.1), true)),
            Map.entry("eta_slip", explains("seconds", 30)),
            Map.entry("falling_behind", explains("records", 100)),
            Map.entry("clock_skew", new Meaning("seconds", new Nature(Direction.BOTH, 2, 0.05), true)),
            Map.entry("blocked_sessions", explains("sessions", 0.5)),
            Map.entry("longest_blocked", explains("seconds", 1)));

    /** The meaning of a measure by its name. */
    public static Meaning of(String measure) {
        return KNOWN.getOrDefault(measure, UNKNOWN);
    }

    private static Meaning explains(String unit, double minWidth) {
        return new Meaning(unit, new Nature(Direction.BOTH, minWidth, 0.05), false);
    }
}

package io.flywatch.anomaly.rule;

/** The rules there are; a closed set, fit for a metric's label. */
public enum RuleName {
    /** Rows come at less than a share of the expected rate. */
    LOW_THROUGHPUT("low_throughput"),
    /** Too large a share of the records can't be applied. */
    HIGH_ERROR_RATE("high_error_rate"),
    /** The target is too far behind the source. */
    HIGH_LAG("high_lag"),
    /** Nothing moves, or nothing is heard of it. */
    STALLED("stalled"),
    /** A series left the range that its own past makes one expect. */
    UNUSUAL("unusual"),
    /** More arrives than is applied, so that the backlog can't be worked off. */
    FALLING_BEHIND("falling_behind"),
    /** The estimated end moves away. */
    ETA_SLIPPING("eta_slipping"),
    /** The source soon throws away what was not read. */
    LOW_HEADROOM("low_headroom"),
    /** No heartbeat has come through for a while. */
    HEARTBEAT_STOPPED("heartbeat_stopped"),
    /** Changes lie in the dead letters. */
    DEAD_LETTERS("dead_letters"),
    /** Sessions wait for locks that the run holds. */
    BLOCKED_SESSIONS("blocked_sessions"),
    /** Many times the usual number of changes arrives. */
    SOURCE_BURST("source_burst"),
    /** Neither the runner nor the processor can be heard. */
    SAMPLES_MISSING("samples_missing"),
    /** A rule of the operators' own file. */
    DECLARED("declared");

    private final String id;

    RuleName(String id) {
        this.id = id;
    }

    /** The name as events, metrics and people know it. */
    public String id() {
        return id;
    }
}

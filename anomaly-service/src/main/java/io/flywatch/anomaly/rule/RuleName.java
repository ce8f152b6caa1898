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
    STALLED("stalled");

    private final String id;

    RuleName(String id) {
        this.id = id;
    }

    /** The name as events, metrics and people know it. */
    public String id() {
        return id;
    }
}

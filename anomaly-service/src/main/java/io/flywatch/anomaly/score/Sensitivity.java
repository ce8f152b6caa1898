package io.flywatch.anomaly.score;

/** How readily a series is called anomalous: one threshold cannot serve both a pager and a dashboard. */
public enum Sensitivity {
    /** For a pager: only what is plainly unlike anything of late. */
    QUIET(0.7, 8),
    /** For a channel that people read. */
    BALANCED(0.52, 6),
    /** For a dashboard: rather too much than too late. */
    EARLY(0.42, 4);

    private final double threshold;
    private final double bandScales;

    Sensitivity(double threshold, double bandScales) {
        this.threshold = threshold;
        this.bandScales = bandScales;
    }

    /** The score from which on a point is an anomaly. */
    public double threshold() {
        return threshold;
    }

    /** The half width of the band, in scales of the residual. */
    public double bandScales() {
        return bandScales;
    }
}

package io.flywatch.anomaly.score;

/** How readily a series is called anomalous: one threshold cannot serve both a pager and a dashboard. */
public enum Sensitivity {
    /** For a pager: only what is plainly unlike anything of late. */
    QUIET(0.7, 4, 8),
    /** For a channel that people read. */
    BALANCED(0.52, 2, 6),
    /** For a dashboard: rather too much than too late. */
    EARLY(0.42, 1, 4);

    private final double threshold;
    private final double spike;
    private final double bandScales;

    Sensitivity(double threshold, double spike, double bandScales) {
        this.threshold = threshold;
        this.spike = spike;
        this.bandScales = bandScales;
    }

    /** The score from which on a point is an anomaly. */
    public double threshold() {
        return threshold;
    }

    /** How far beyond what is extreme for its series a point is an anomaly even if it is no news, as a multiple of that extreme. */
    public double spike() {
        return spike;
    }

    /** The half width of the band, in scales of the residual. */
    public double bandScales() {
        return bandScales;
    }
}

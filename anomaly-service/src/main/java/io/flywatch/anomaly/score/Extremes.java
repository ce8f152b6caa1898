package io.flywatch.anomaly.score;

/**
 * What is extreme for a series: the bound that one in 200 of its points surpasses, in scales of what was expected. A point beyond it raises
 * it, each other one lowers it a little, {@code ln q += 0.3 (1[x > q] - 0.005)}: the stochastic approximation of a quantile (Robbins and
 * Monro, 1951) on a logarithmic scale. So a spike stands out again soon after another one, and a series that is full of spikes has none.
 */
final class Extremes {

    private static final double GAIN = 0.3;
    private static final double SHARE = 0.005;
    private static final double LEAST = Math.log(3);
    private static final double FIRST = Math.log(4);
    private static final double LEARNED = 200;
    private static final int MANY = 10_000;

    private double bound = FIRST;
    private int seen;

    /**
     * How far a point is beyond what is extreme, as a multiple of it: 0 if it is within, 1 if it is twice as far off as the bound. Less as long as few
     * points are known. Learns from the point.
     *
     * @param off how many scales the point is off, without its sign
     */
    double beyond(double off) {
        double extreme = Math.exp(bound);
        double known = (double) seen * seen;
        double beyond = off > extreme ? (off - extreme) / extreme * known / (known + LEARNED * LEARNED) : 0;
        learn(off, off > extreme);
        return beyond;
    }

    private void learn(double off, boolean isBeyond) {
        seen = Math.min(seen + 1, MANY);
        if (seen < LEARNED) {
            bound = isBeyond ? Math.log(off) : bound;
        } else {
            bound = Math.max(LEAST, bound + GAIN * ((isBeyond ? 1 : 0) - SHARE));
        }
    }
}

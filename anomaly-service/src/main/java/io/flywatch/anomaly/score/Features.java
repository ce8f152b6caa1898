package io.flywatch.anomaly.score;

/** The measures of a series that its channels compare, brought up to date point by point. */
final class Features {

    private static final int CHANGE = Channel.CHANGE.points();
    private static final int SHORT = Channel.MEDIAN.points();
    private static final int SPIKE = Channel.RESIDUAL.points();
    private static final int MEAN = Channel.MEAN.points();
    private static final int LONG = Channel.LONG_MEDIAN.points();
    private static final int DAY = Channel.DAY.points();
    private static final int RING = 128;
    private static final float LEVEL_GAIN = 0.05f;

    private final float[] ring = new float[RING];
    private final float[] offDay = new float[DAY];
    private final SortedWindow spike = new SortedWindow(SPIKE);
    private final SortedWindow median = new SortedWindow(SHORT);
    private final SortedWindow longMedian = new SortedWindow(LONG);
    private final SortedWindow day = new SortedWindow(DAY);
    private final HourProfile profile = new HourProfile();
    private int seen;
    private double base;
    private float level;
    private double sum;

    /** Takes a point and gives the measure of each channel, in {@link Channel}'s order. */
    void on(long atMillis, double value, double[] measures) {
        if (seen == 0) {
            base = value;
        }
        float x = Numbers.toFloat(value - base);
        measures[Channel.RESIDUAL.ordinal()] = seen == 0 ? 0 : (double) x - spike.median();
        measures[Channel.DAY.ordinal()] = offDay(atMillis, x);
        measures[Channel.CHANGE.ordinal()] = seen < CHANGE ? 0 : (double) x - ago(CHANGE);
        slide(spike, SPIKE, x);
        slide(median, SHORT, x);
        slide(longMedian, LONG, x);
        sum += x - (seen >= MEAN ? (double) ago(MEAN) : 0);
        ring[seen % RING] = x;
        seen++;
        if (seen % RING == 0) {
            addAnew();
        }
        measures[Channel.MEDIAN.ordinal()] = median.median();
        measures[Channel.LONG_MEDIAN.ordinal()] = longMedian.median();
        measures[Channel.MEAN.ordinal()] = sum / Math.min(seen, MEAN);
    }

    private double offDay(long atMillis, float x) {
        level = seen == 0 ? x : level;
        float off = x - (profile.knows(atMillis) ? profile.expected(atMillis) : level);
        profile.learn(atMillis, x);
        level += LEVEL_GAIN * (x - level);
        if (day.isFull()) {
            day.replace(offDay[seen % DAY], off);
        } else {
            day.add(off);
        }
        offDay[seen % DAY] = off;
        return day.median();
    }

    private void slide(SortedWindow window, int length, float x) {
        if (window.isFull()) {
            window.replace(ago(length), x);
        } else {
            window.add(x);
        }
    }

    /** Whether a channel's measure is made of as many points as it wants. */
    boolean isWhole(Channel channel) {
        return seen > channel.points();
    }

    /** The value so many points ago, 1 being the newest. */
    private float ago(int points) {
        return ring[(seen - points) % RING];
    }

    /** Sums up anew, so that rounding does not add up. */
    private void addAnew() {
        sum = 0;
        for (int points = 1; points <= MEAN; points++) {
            sum += ago(points);
        }
        if (seen > Integer.MAX_VALUE - 2 * RING) {
            seen = RING;
        }
    }
}

package io.flywatch.anomaly.score;

/**
 * What a series was at each hour of the day (UTC) on the days before: the mean of an hour is folded in when the hour is over,
 * {@code p += 0.3 * (mean - p)}, and between the middles of two hours' points the expectation is a straight line. An hour that is going on
 * does not explain itself.
 */
final class DailyProfile {

    private static final int HOURS = 24;
    private static final double HOUR_MS = 3_600_000;
    private static final float GAIN = 0.3f;

    private final float[] level = new float[HOURS];
    private final float[] middle = new float[HOURS];
    private int known;
    private int hour = -1;
    private double sum;
    private double into;
    private int count;

    /** What is expected; NaN where the hour is not known from an earlier day. */
    double expected(long atMillis) {
        double position = position(atMillis);
        int here = (int) position;
        if (!knows(here)) {
            return Double.NaN;
        }
        double offset = position - here - middle[here];
        int side = offset > 0 ? 1 : -1;
        int beside = Math.floorMod(here + side, HOURS);
        double apart = 1 + side * ((double) middle[beside] - middle[here]);
        return knows(beside) ? level[here] + (level[beside] - level[here]) * Math.abs(offset) / apart : level[here];
    }

    void learn(long atMillis, double value) {
        double position = position(atMillis);
        int now = (int) position;
        if (now != hour) {
            fold();
            hour = now;
        }
        sum += value;
        into += position - now;
        count++;
    }

    private void fold() {
        if (count > 0) {
            float mean = (float) (sum / count);
            level[hour] = knows(hour) ? level[hour] + GAIN * (mean - level[hour]) : mean;
            middle[hour] = (float) (into / count);
            known |= 1 << hour;
        }
        sum = 0;
        into = 0;
        count = 0;
    }

    private boolean knows(int which) {
        return (known & 1 << which) != 0;
    }

    private static double position(long atMillis) {
        return Math.min(HOURS - 1e-9, Math.floorMod(atMillis, (long) (HOURS * HOUR_MS)) / HOUR_MS);
    }
}

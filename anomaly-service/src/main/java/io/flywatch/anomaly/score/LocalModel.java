package io.flywatch.anomaly.score;

/**
 * An autoregression of second order about a slow level, {@code x = m + a(x1 - m) + b(x2 - m)}, fitted as it goes by recursive least
 * squares with forgetting (Ljung and Söderström, 1983). What it learns from is held within its own band, so that an outlier neither bends
 * the coefficients nor becomes what is expected next (Huber, 1964).
 */
final class LocalModel {

    private static final double FORGETTING = 0.995;
    private static final double LEVEL_GAIN = 0.02;
    private static final double START = 1;
    private static final double LARGEST = 1e6;
    private static final double STEADY = 0.98;

    private double level;
    private double last;
    private double before;
    private double a;
    private double b;
    private double paa = START;
    private double pab;
    private double pbb = START;
    private int seen;

    /** What comes next. */
    double expected() {
        return level
                + STEADY * Numbers.clamp(a, -2, 2) * (last - level)
                + STEADY * Numbers.clamp(b, -1, 1) * (before - level);
    }

    /** Takes a value that has been held within its band. */
    void learn(double value, double scale) {
        if (seen == 0) {
            level = value;
            last = value;
            before = value;
        }
        double unit = scale > 0 ? scale : 1;
        double u = (last - level) / unit;
        double v = (before - level) / unit;
        double error = (value - level) / unit - a * u - b * v;
        double gu = paa * u + pab * v;
        double gv = pab * u + pbb * v;
        double divisor = FORGETTING + u * gu + v * gv;
        a += gu / divisor * error;
        b += gv / divisor * error;
        paa = (paa - gu * gu / divisor) / FORGETTING;
        pab = (pab - gu * gv / divisor) / FORGETTING;
        pbb = (pbb - gv * gv / divisor) / FORGETTING;
        if (!(paa + pbb < LARGEST) || !Double.isFinite(a + b)) {
            beginAnew();
        }
        before = last;
        last = value;
        level += Math.max(LEVEL_GAIN, 1.0 / (seen + 1)) * (value - level);
        seen = Math.min(seen + 1, Integer.MAX_VALUE - 1);
    }

    private void beginAnew() {
        paa = START;
        pab = 0;
        pbb = START;
        if (!Double.isFinite(a + b)) {
            a = 0;
            b = 0;
        }
    }
}

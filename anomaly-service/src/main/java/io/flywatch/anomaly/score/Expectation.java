package io.flywatch.anomaly.score;

/**
 * The spike channel: what a series is expected to be next, and within what band. The day's profile speaks where it knows the hour and was
 * nearer to the truth lately, else the local model. The scale is a mean of absolute errors, of which each is held to a few scales, times
 * 1.25 to be that of a normal distribution: one outlier hardly widens it, a lasting change does within some dozens of points.
 */
final class Expectation {

    private static final double GAIN = 0.03;
    private static final double HOLD = 5;
    private static final double TO_SIGMA = 1.25;
    private static final int SETTLED = 20;

    private final DailyProfile day = new DailyProfile();
    private LocalModel local = new LocalModel();
    private double localError;
    private double dayError = Double.NaN;
    private int seen;
    private double expected;
    private double scale;

    /** Works out what is expected at a time, before the value is known. */
    void lookAhead(long atMillis, double least) {
        double ofDay = day.expected(atMillis);
        boolean byDay = !Double.isNaN(ofDay) && dayError < localError;
        expected = byDay ? ofDay : local.expected();
        scale = Math.max(least, TO_SIGMA * (byDay ? dayError : localError));
    }

    double expected() {
        return expected;
    }

    double scale() {
        return scale;
    }

    boolean isSettled() {
        return seen >= SETTLED;
    }

    /** How many scales a value is off, with its sign. */
    double off(double value) {
        double error = value - expected;
        return scale > 0 ? error / scale : 0;
    }

    void learn(long atMillis, double value) {
        double foreseen = local.expected();
        double error = seen == 0 ? 0 : value - foreseen;
        double held =
                seen < SETTLED || localError == 0 ? error : Numbers.clamp(error, -HOLD * localError, HOLD * localError);
        double ofDay = day.expected(atMillis);
        if (!Double.isNaN(ofDay)) {
            double dayOff = Math.abs(value - ofDay);
            dayError = Double.isNaN(dayError)
                    ? dayOff
                    : dayError + GAIN * (Math.min(dayOff, HOLD * dayError + localError) - dayError);
        }
        local.learn(seen == 0 ? value : foreseen + held, localError);
        localError += Math.max(GAIN, 1.0 / (seen + 1)) * (Math.abs(held) - localError);
        day.learn(atMillis, value);
        seen = Math.min(seen + 1, Integer.MAX_VALUE - 1);
    }

    /** Another regime began: what held an instant ago says nothing of it. The day's shape is kept. */
    void regimeBegan() {
        local = new LocalModel();
        localError = 0;
        seen = 0;
    }
}

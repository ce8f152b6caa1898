package io.flywatch.anomaly.score;

/** Small arithmetic that channels share. */
final class Numbers {

    static final float LARGEST = Float.MAX_VALUE / 4;

    private Numbers() {}

    /** The nearest float; what is too large for one becomes the largest. Keeps the order of values. */
    static float toFloat(double value) {
        if (value > LARGEST) {
            return LARGEST;
        }
        return value < -LARGEST ? -LARGEST : (float) value;
    }

    static double clamp(double value, double low, double high) {
        return Math.max(low, Math.min(high, value));
    }
}

package io.flywatch.anomaly.score;

/** What a series usually is at each hour of the day (UTC), learned quickly: {@code p += max(0.2, 1/n) * (x - p)}. */
final class HourProfile {

    private static final int HOURS = 24;
    private static final long HOUR_MS = 3_600_000;
    private static final float LEAST_GAIN = 0.2f;
    private static final byte MANY = 100;

    private final float[] level = new float[HOURS];
    private final byte[] seen = new byte[HOURS];

    /** Whether the hour was seen before. */
    boolean knows(long atMillis) {
        return seen[hour(atMillis)] > 0;
    }

    float expected(long atMillis) {
        return level[hour(atMillis)];
    }

    void learn(long atMillis, float value) {
        int hour = hour(atMillis);
        float gain = Math.max(LEAST_GAIN, 1f / (seen[hour] + 1));
        level[hour] += gain * (value - level[hour]);
        seen[hour] = (byte) Math.min(seen[hour] + 1, MANY);
    }

    private static int hour(long atMillis) {
        return (int) Math.floorMod(Math.floorDiv(atMillis, HOUR_MS), (long) HOURS);
    }
}

package io.flywatch.cdc.lag;

import java.util.Locale;

/** Spans of time as a person reads them. */
public final class Spans {
    private static final double MINUTE = 60;
    private static final double HOUR = 3_600;
    private static final double DAY = 86_400;

    private Spans() {}

    /** {@code 12 ms}, {@code 1.2 s}, {@code 3 min 20 s}, {@code 2 h 5 min}, {@code 6 d 4 h}. */
    public static String of(double seconds) {
        double length = Math.abs(seconds);
        String sign = seconds < 0 ? "-" : "";
        if (Double.isInfinite(length)) {
            return "without end";
        }
        if (length < 1) {
            return sign + Math.round(length * 1e3) + " ms";
        }
        if (length < MINUTE) {
            return sign + String.format(Locale.ROOT, length < 10 ? "%.1f s" : "%.0f s", length);
        }
        if (length < HOUR) {
            return sign + two(length, MINUTE, "min", 1, "s");
        }
        return sign + (length < DAY ? two(length, HOUR, "h", MINUTE, "min") : two(length, DAY, "d", HOUR, "h"));
    }

    private static String two(double seconds, double large, String largeUnit, double small, String smallUnit) {
        long units = Math.round(seconds / small);
        long per = Math.round(large / small);
        return units / per + " " + largeUnit + (units % per == 0 ? "" : " " + units % per + " " + smallUnit);
    }
}

package io.flywatch.anomaly.rule;

import java.time.Duration;
import java.util.Locale;

/** Figures in sentences for people. */
public final class Figures {

    private Figures() {}

    public static String seconds(double seconds) {
        return seconds < 10 ? trimmed("%.1f", seconds) + " s" : Math.round(seconds) + " s";
    }

    public static String seconds(Duration duration) {
        return seconds(inSeconds(duration));
    }

    public static double inSeconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    public static String perSecond(double rate) {
        return (rate < 10 ? trimmed("%.1f", rate) : String.format(Locale.ROOT, "%,d", Math.round(rate))) + " rows/s";
    }

    public static String percent(double share) {
        return trimmed(share < 0.1 ? "%.2f" : "%.1f", share * 100) + " %";
    }

    /** A value with its unit, as short as it may be. */
    public static String value(double value, String unit) {
        return switch (unit) {
            case "seconds" -> seconds(value);
            case "rows/s" -> perSecond(value);
            default ->
                (Math.abs(value) < 10 ? trimmed("%.2f", value) : count(Math.round(value)))
                        + (unit.isEmpty() ? "" : " " + unit);
        };
    }

    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String trimmed(String format, double value) {
        String figure = String.format(Locale.ROOT, format, value);
        return figure.contains(".") ? figure.replaceFirst("\\.?0+$", "") : figure;
    }
}

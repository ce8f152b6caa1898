package io.flywatch.quickstart.screen;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as a person reads them. */
public final class Figures {

    private Figures() {}

    /** With thousands set apart. */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Per second. */
    public static String rate(double value) {
        return value < 10 && value > 0 ? String.format(Locale.ROOT, "%.1f/s", value) : count(Math.round(value)) + "/s";
    }

    /** Seconds, in the unit that fits; a dash for what was not measured. */
    public static String seconds(@Nullable Double value) {
        if (value == null || value.isNaN()) {
            return "–";
        }
        if (Math.abs(value) < 0.9995) {
            return Math.round(value * 1000) + " ms";
        }
        return value < 100
                ? String.format(Locale.ROOT, "%.1f s", value)
                : span(Duration.ofMillis(Math.round(value * 1000)));
    }

    /** A span of time in words: 8 s, 3 min 20 s, 2 h 5 min. */
    public static String span(Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    /** A clock that runs up: 0:08, 3:20, 1:02:05. */
    public static String clock(Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds % 3600 / 60, seconds % 60);
    }
}

package io.flywatch.cdc.change;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The numbers that are none. */
public enum NotFinite {
    NAN,
    POSITIVE,
    NEGATIVE;

    /** What a text stands for, in PostgreSQL's, Java's and Debezium's spelling; null if it is something else. */
    static @Nullable NotFinite of(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan" -> NAN;
            case "infinity", "+infinity", "positive_infinity" -> POSITIVE;
            case "-infinity", "negative_infinity" -> NEGATIVE;
            default -> null;
        };
    }
}

package io.flywatch.quickstart.compare;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An interval as PostgreSQL keeps it: its three parts don't turn into each other. */
record Span(long months, long days, long micros) {

    private static final Pattern ISO = Pattern.compile(
            "P(?:([-+]?\\d+)Y)?(?:([-+]?\\d+)M)?(?:([-+]?\\d+)D)?(?:T(?:([-+]?\\d+)H)?(?:([-+]?\\d+)M)?(?:([-+]?[\\d.]+)S)?)?");

    /** Of {@code months days microseconds}. */
    static Span ofFigures(String text) {
        String[] parts = text.split(" ", -1);
        return new Span(
                new BigDecimal(parts[0]).longValueExact(),
                new BigDecimal(parts[1]).longValueExact(),
                Long.parseLong(parts[2]));
    }

    /** Of ISO 8601; null if it is something else. */
    static @Nullable Span ofIso(String text) {
        Matcher iso = ISO.matcher(text);
        if (!iso.matches()) {
            return null;
        }
        long micros = (part(iso, 4) * 60 + part(iso, 5)) * 60_000_000L
                + (iso.group(6) == null
                        ? 0
                        : new BigDecimal(iso.group(6)).movePointRight(6).longValue());
        return new Span(part(iso, 1) * 12 + part(iso, 2), part(iso, 3), micros);
    }

    private static long part(Matcher iso, int group) {
        return iso.group(group) == null ? 0 : Long.parseLong(iso.group(group));
    }
}

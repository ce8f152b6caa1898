package io.flywatch.anomaly.adapter.csv;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Reads points of time as files write them: epoch seconds, milli-, micro- or nanoseconds by their size, ISO 8601 with a space or a
 * {@code T}, with or without a zone (then UTC), dates alone, and the American and German ways.
 */
final class Times {

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d*)?([eE][+-]?\\d+)?");
    private static final double SECONDS_BELOW = 1e11;
    private static final double MILLIS_BELOW = 1e14;
    private static final double MICROS_BELOW = 1e17;
    private static final List<DateTimeFormatter> FORMATS =
            List.of(format("yyyy-M-d"), format("yyyy/M/d"), format("M/d/yyyy"), format("d.M.yyyy"));

    private Times() {}

    private static DateTimeFormatter format(String date) {
        return new DateTimeFormatterBuilder()
                .appendPattern(date)
                .optionalStart()
                .appendPattern(" H:mm")
                .optionalStart()
                .appendPattern(":ss")
                .optionalStart()
                .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                .optionalEnd()
                .optionalEnd()
                .optionalStart()
                .appendOffset("+HH:mm", "Z")
                .optionalEnd()
                .optionalEnd()
                .toFormatter(java.util.Locale.ROOT);
    }

    /** Milliseconds since 1970; empty if the text is no time. */
    static OptionalLong millis(String text) {
        String trimmed = text.strip();
        if (NUMBER.matcher(trimmed).matches()) {
            return OptionalLong.of(ofNumber(Double.parseDouble(trimmed)));
        }
        String spaced = trimmed.replaceFirst("(?<=\\d)[T_](?=\\d)", " ").replaceFirst(" ?UTC$", "Z");
        for (DateTimeFormatter format : FORMATS) {
            try {
                var parsed = format.parseBest(spaced, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
                return OptionalLong.of(
                        switch (parsed) {
                            case OffsetDateTime at -> at.toInstant().toEpochMilli();
                            case LocalDateTime at ->
                                at.toInstant(ZoneOffset.UTC).toEpochMilli();
                            case LocalDate day ->
                                day.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
                            default -> throw new DateTimeException("no time: " + text);
                        });
            } catch (DateTimeException e) {
                continue;
            }
        }
        return OptionalLong.empty();
    }

    private static long ofNumber(double number) {
        double size = Math.abs(number);
        if (size < SECONDS_BELOW) {
            return Math.round(number * 1e3);
        }
        if (size < MILLIS_BELOW) {
            return Math.round(number);
        }
        return Math.round(size < MICROS_BELOW ? number / 1e3 : number / 1e6);
    }
}

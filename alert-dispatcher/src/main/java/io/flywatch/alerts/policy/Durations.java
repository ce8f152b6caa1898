package io.flywatch.alerts.policy;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 30s}, {@code 5m}, {@code 1h30m}, {@code 2d}; or {@code PT30S}. */
public final class Durations {

    private static final Pattern FORM =
            Pattern.compile("(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");

    private Durations() {}

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static Duration parse(String text) {
        String stripped = text.strip();
        if (stripped.toUpperCase(Locale.ROOT).startsWith("P")) {
            try {
                return notNegative(Duration.parse(stripped), text);
            } catch (DateTimeParseException e) {
                throw wrong(text);
            }
        }
        Matcher parts = FORM.matcher(stripped);
        if (stripped.equals("0")) {
            return Duration.ZERO;
        }
        if (stripped.isEmpty() || !parts.matches()) {
            throw wrong(text);
        }
        return Duration.ofDays(part(parts, 1))
                .plusHours(part(parts, 2))
                .plusMinutes(part(parts, 3))
                .plusSeconds(part(parts, 4))
                .plusMillis(part(parts, 5));
    }

    private static Duration notNegative(Duration duration, String text) {
        if (duration.isNegative()) {
            throw wrong(text);
        }
        return duration;
    }

    private static long part(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("'" + text + "' is no duration; write 30s, 5m, 1h30m or 2d");
    }
}

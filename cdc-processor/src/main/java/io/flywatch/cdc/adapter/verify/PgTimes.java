package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.change.Endless;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Dates and times in PostgreSQL's ISO style, of any year: {@code 0044-03-15 BC}, {@code 294276-12-31 23:59:59.999999+00}. */
final class PgTimes {
    private static final String BC = " BC";
    private static final String LAST_MOMENT = "24:00:00";
    private static final String UTC = "+00";
    private static final int SECONDS = 8;
    private static final int NANO_DIGITS = 9;

    private PgTimes() {}

    static Object date(String text) {
        return text.endsWith("infinity") ? endless(text) : day(text);
    }

    private static Endless endless(String text) {
        return text.startsWith("-") ? Endless.PAST : Endless.FUTURE;
    }

    /** The year before 1 AD is 1 BC, which ISO counts as 0. */
    private static LocalDate day(String text) {
        return day(text, text.endsWith(BC));
    }

    private static LocalDate day(String text, boolean bc) {
        int month = text.indexOf('-');
        int year = Integer.parseInt(text, 0, month, 10);
        return LocalDate.of(bc ? 1 - year : year, two(text, month + 1), two(text, month + 4));
    }

    private static int two(String text, int at) {
        return Integer.parseInt(text, at, at + 2, 10);
    }

    /** {@code 23:59:59.999999}, with as many digits behind the point as count. */
    private static LocalTime clock(String text, int from, int to) {
        int nanos = 0;
        int digits = from + SECONDS;
        if (to > digits) {
            nanos = Integer.parseInt(text, digits + 1, to, 10);
            for (int i = to - digits - 1; i < NANO_DIGITS; i++) {
                nanos *= 10;
            }
        }
        return LocalTime.of(two(text, from), two(text, from + 3), two(text, from + 6), nanos);
    }

    static Object timestamp(String text) {
        return text.endsWith("infinity") ? endless(text) : moment(text, "");
    }

    private static LocalDateTime moment(String text, String zone) {
        boolean bc = text.endsWith(BC);
        int end = text.length() - (bc ? BC.length() : 0);
        int space = text.indexOf(' ');
        if (!text.startsWith(zone, end - zone.length())) {
            throw new IllegalArgumentException("a time that is not in UTC");
        }
        return LocalDateTime.of(day(text, bc), clock(text, space + 1, end - zone.length()));
    }

    static Object instant(String text) {
        return text.endsWith("infinity") ? endless(text) : moment(text, UTC).toInstant(ZoneOffset.UTC);
    }

    static Object time(String text) {
        return text.equals(LAST_MOMENT) ? text : clock(text, 0, text.length()).toString();
    }

    /** PostgreSQL shortens a zone of whole hours; the change stream brings the time in UTC. */
    static Object timeWithZone(String text) {
        if (text.startsWith(LAST_MOMENT)) {
            return text;
        }
        OffsetTime time = OffsetTime.parse(
                text, DateTimeFormatter.ofPattern("HH:mm:ss[.SSSSSS][.SSSSS][.SSSS][.SSS][.SS][.S][XXX][X]"));
        return DateTimeFormatter.ISO_OFFSET_TIME.format(time.withOffsetSameInstant(ZoneOffset.UTC));
    }
}

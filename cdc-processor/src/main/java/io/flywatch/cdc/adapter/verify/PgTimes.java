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

    private PgTimes() {}

    static Object date(String text) {
        return text.endsWith("infinity") ? endless(text) : day(text);
    }

    private static Endless endless(String text) {
        return text.startsWith("-") ? Endless.PAST : Endless.FUTURE;
    }

    /** The year before 1 AD is 1 BC, which ISO counts as 0. */
    private static LocalDate day(String text) {
        boolean bc = text.endsWith(BC);
        int month = text.indexOf('-');
        int year = Integer.parseInt(text, 0, month, 10);
        return LocalDate.of(
                bc ? 1 - year : year,
                Integer.parseInt(text, month + 1, month + 3, 10),
                Integer.parseInt(text, month + 4, month + 6, 10));
    }

    static Object timestamp(String text) {
        return text.endsWith("infinity") ? endless(text) : moment(text);
    }

    private static LocalDateTime moment(String text) {
        boolean bc = text.endsWith(BC);
        int space = text.indexOf(' ');
        int end = bc ? text.length() - BC.length() : text.length();
        return LocalDateTime.of(
                day(text.substring(0, space) + (bc ? BC : "")), LocalTime.parse(text.substring(space + 1, end)));
    }

    static Object instant(String text) {
        return text.endsWith("infinity")
                ? endless(text)
                : moment(text.replaceFirst("\\+00( BC)?$", "$1")).toInstant(ZoneOffset.UTC);
    }

    static Object time(String text) {
        return text.equals(LAST_MOMENT) ? text : LocalTime.parse(text).toString();
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

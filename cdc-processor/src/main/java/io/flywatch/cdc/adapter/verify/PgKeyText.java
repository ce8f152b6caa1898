package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.change.Endless;
import io.flywatch.cdc.change.NotFinite;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/** A key's value of the change stream as PostgreSQL writes it. */
final class PgKeyText {
    private static final String BC = " BC";

    private PgKeyText() {}

    static String of(Object value) {
        return switch (value) {
            case Boolean truth -> truth ? "t" : "f";
            case BigDecimal number ->
                number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
            case NotFinite.NAN -> "NaN";
            case NotFinite.POSITIVE -> "Infinity";
            case NotFinite.NEGATIVE -> "-Infinity";
            case Endless time -> time.text();
            case ByteBuffer bytes -> "\\x" + HexFormat.of().formatHex(bytes.array());
            case LocalDate day -> day(day);
            case LocalDateTime time -> moment(time, "");
            case Instant time -> moment(LocalDateTime.ofInstant(time, ZoneOffset.UTC), "+00");
            default -> value.toString();
        };
    }

    static String day(LocalDate day) {
        boolean bc = day.getYear() < 1;
        return String.format(
                Locale.ROOT,
                "%04d-%02d-%02d%s",
                bc ? 1 - day.getYear() : day.getYear(),
                day.getMonthValue(),
                day.getDayOfMonth(),
                bc ? BC : "");
    }

    static String moment(LocalDateTime time, String zone) {
        String day = day(time.toLocalDate());
        String clock = clock(time.toLocalTime()) + zone;
        return day.endsWith(BC) ? day.replace(BC, " " + clock + BC) : day + " " + clock;
    }

    static String clock(LocalTime time) {
        String whole = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).format(time);
        long micros = time.getNano() / 1_000;
        return micros == 0
                ? whole
                : whole + String.format(Locale.ROOT, ".%06d", micros).replaceFirst("0+$", "");
    }
}

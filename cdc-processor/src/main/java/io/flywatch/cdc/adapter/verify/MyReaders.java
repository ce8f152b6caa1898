package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.change.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The readers of types of MySQL and MariaDB: each yields what {@code docs/types.md} says that the change stream brings. */
final class MyReaders {
    /** A time of MySQL, which goes from -838 to 838 hours: no type of PostgreSQL. */
    static final String TIME = "mysql-time";

    private static final Pattern CLOCK = Pattern.compile("(-?)(\\d+):(\\d\\d):(\\d\\d)(\\.\\d{1,6})?");
    private static final Pattern NO_DAY = Pattern.compile("0000-.*|\\d+-00-.*|\\d+-\\d+-00.*");
    private static final LocalDate EPOCH = LocalDate.EPOCH;
    private static final int MICROS = 6;

    private MyReaders() {}

    /** The reader of a type; null for types that are not compared. */
    static @Nullable PgReader of(String type, String declared, int length, boolean nullable) {
        return switch (type) {
            case "tinyint", "smallint", "mediumint", "year" -> Integer::valueOf;
            case "int" -> declared.contains("unsigned") ? Long::valueOf : Integer::valueOf;
            case "bigint" -> declared.contains("unsigned") ? BigDecimal::new : Long::valueOf;
            case "decimal" -> BigDecimal::new;
            case "float" -> text -> Double.valueOf(Float.toString((float) Double.parseDouble(text)));
            case "double" -> Double::valueOf;
            case "bit" -> length <= 1 ? hex -> !hex.endsWith("0") : hex -> bits(hex, length);
            case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set" -> text -> text;
            case "json" -> Json::new;
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" ->
                hex -> ByteBuffer.wrap(HexFormat.of().parseHex(hex));
            case "date" -> text -> hasNoDay(text) ? instead(nullable, EPOCH) : LocalDate.parse(text);
            case "datetime" -> text -> hasNoDay(text) ? instead(nullable, EPOCH.atStartOfDay()) : moment(text);
            case "timestamp" ->
                text -> hasNoDay(text)
                        ? instead(nullable, EPOCH.atStartOfDay().toInstant(ZoneOffset.UTC))
                        : moment(text).toInstant(ZoneOffset.UTC);
            case "time" -> MyReaders::time;
            default -> null;
        };
    }

    /** {@code 0000-00-00} and its kin, which Debezium brings as null, or as the first day of 1970 where null may not be. */
    private static boolean hasNoDay(String text) {
        return NO_DAY.matcher(text).matches();
    }

    private static @Nullable Object instead(boolean nullable, Object first) {
        return nullable ? null : first;
    }

    private static LocalDateTime moment(String text) {
        return LocalDateTime.parse(text.replace(' ', 'T'));
    }

    private static String bits(String hex, int length) {
        String bits = new BigInteger(hex, 16).toString(2);
        return "0".repeat(Math.max(0, length - bits.length())) + bits;
    }

    /** A time of day as ISO text, and what is none by its hours; PostgreSQL writes it alike as an interval. */
    static Object time(String text) {
        Matcher parts = CLOCK.matcher(text);
        if (!parts.matches()) {
            return PgIntervals.iso(text);
        }
        String fraction = parts.group(5) == null ? "" : parts.group(5).substring(1);
        long micros = fraction.isEmpty() ? 0 : Long.parseLong((fraction + "0".repeat(MICROS)).substring(0, MICROS));
        Duration time = Duration.ofHours(Long.parseLong(parts.group(2)))
                .plusMinutes(Long.parseLong(parts.group(3)))
                .plusSeconds(Long.parseLong(parts.group(4)))
                .plusNanos(micros * 1_000);
        boolean negative = !parts.group(1).isEmpty() && !time.isZero();
        if (!negative && time.toHours() < 24) {
            return LocalTime.ofNanoOfDay(time.toNanos()).toString();
        }
        String whole = String.format(
                Locale.ROOT,
                "%s%02d:%02d:%02d",
                negative ? "-" : "",
                time.toHours(),
                time.toMinutesPart(),
                time.toSecondsPart());
        return micros == 0 ? whole : whole + String.format(Locale.ROOT, ".%06d", micros);
    }
}

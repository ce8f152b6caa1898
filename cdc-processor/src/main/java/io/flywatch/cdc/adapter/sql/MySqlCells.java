package io.flywatch.cdc.adapter.sql;

import io.flywatch.cdc.change.Endless;
import io.flywatch.cdc.change.Json;
import io.flywatch.cdc.change.NotFinite;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values as MySQL and MariaDB read them: text, and bytes for binary columns. Times are in UTC, as the session is. */
final class MySqlCells {
    private static final Pattern BITS = Pattern.compile("[01]+");
    private static final int LAST_YEAR = 9_999;

    private MySqlCells() {}

    static @Nullable Object of(@Nullable Object value, TargetColumn column) {
        return switch (value) {
            case null -> null;
            case String text ->
                column.type().equals("bit") && BITS.matcher(text).matches() ? bits(text, column) : text;
            case Boolean truth -> truth(truth, column);
            case BigDecimal number -> number.toPlainString();
            case Double number when Double.isFinite(number) -> Double.toString(number);
            case Double number -> none(Double.toString(number), column);
            case Instant time -> timestamp(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
            case LocalDateTime time -> timestamp(time);
            case LocalDate day -> date(day);
            case Json json -> json.text();
            case ByteBuffer bytes -> bytes.array();
            case List<?> list -> PortableJson.of(list);
            case Map<?, ?> map ->
                map.get("wkb") instanceof ByteBuffer wkb && column.type().endsWith("blob")
                        ? wkb.array()
                        : PortableJson.of(map);
            case NotFinite number -> none(PostgresCells.notFinite(number), column);
            case Endless time -> none(time.text(), column);
            default -> value.toString();
        };
    }

    static boolean isBinary(TargetColumn column) {
        return switch (column.type()) {
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "bit" -> true;
            default -> false;
        };
    }

    private static Object truth(boolean truth, TargetColumn column) {
        return column.type().equals("bit") ? new byte[] {(byte) (truth ? 1 : 0)} : truth ? "1" : "0";
    }

    private static byte[] bits(String text, TargetColumn column) {
        byte[] bytes = new BigInteger(text, 2).toByteArray();
        int length = (Math.max(column.size(), text.length()) + 7) / 8;
        byte[] fixed = new byte[length];
        byte[] significant =
                bytes.length > length ? Arrays.copyOfRange(bytes, bytes.length - length, bytes.length) : bytes;
        System.arraycopy(significant, 0, fixed, length - significant.length, significant.length);
        return fixed;
    }

    /** Text takes what has no number or time here. */
    private static String none(String text, TargetColumn column) {
        if (column.isText()) {
            return text;
        }
        throw new IllegalArgumentException("the column " + column.name() + " takes no infinity and no NaN");
    }

    private static String date(LocalDate day) {
        if (day.getYear() < 0 || day.getYear() > LAST_YEAR) {
            throw new IllegalArgumentException("a year that is not between 0 and 9999");
        }
        return PostgresCells.padded(day.getYear(), 4) + "-" + PostgresCells.padded(day.getMonthValue(), 2) + "-"
                + PostgresCells.padded(day.getDayOfMonth(), 2);
    }

    private static String timestamp(LocalDateTime time) {
        return date(time.toLocalDate()) + " " + PostgresCells.padded(time.getHour(), 2) + ":"
                + PostgresCells.padded(time.getMinute(), 2) + ":" + PostgresCells.padded(time.getSecond(), 2) + "."
                + PostgresCells.padded(time.getNano() / 1_000, 6);
    }
}

package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.change.Key;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A column of a MySQL or MariaDB target, and the one text of each of its values. What applying a change would write and what is found
 * there are told by the same rules, those of the column's type: numbers by value, times to the microsecond, {@code char} without the blanks that
 * it does not keep.
 *
 * @param isJson whether the source's values are JSON, arrays or the like, whatever type the column has
 * @param isKey whether it is a column of the key
 */
record MyCell(MyColumn column, boolean isJson, boolean isKey, Cells cells) {
    /** A value that the column has no form for: its change is in the dead letters, and nothing that is there is equal to it. */
    private static final String NO_FORM = "\u0000(no form)";

    private static final Pattern CLOCK = Pattern.compile("(-?)(\\d+):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d{1,6}))?)?");
    private static final int MICROS = 6;

    /** What applying a change would write for a value, in one text. */
    String written(Object value) {
        try {
            Object cell = cell(value);
            return cell == null ? NO_FORM : canonical(cell);
        } catch (IllegalArgumentException | ArithmeticException none) {
            return NO_FORM;
        }
    }

    /** A number of a key that is kept as text has one text there. */
    private @Nullable Object cell(Object value) {
        Object one = isKey && column.collation() != null ? Key.canonical(value) : value;
        return cells.of(one, column.name(), column.type(), column.length());
    }

    /** Whether it is a text of a value that the column has a form for. */
    static boolean hasForm(String written) {
        return !written.equals(NO_FORM);
    }

    /** What is found in it, in one text; null for null. */
    @Nullable
    String found(@Nullable String selected) {
        if (selected == null) {
            return null;
        }
        if (column.isBinary()) {
            return canonical(raw(selected));
        }
        return canonical(
                column.type().equals("float") ? Float.toString((float) Double.parseDouble(selected)) : selected);
    }

    /** What a statement takes for a value in a comparison; throws IllegalArgumentException if it has no form there. */
    Object parameter(Object value) {
        Object cell = cell(value);
        if (cell == null) {
            throw new IllegalArgumentException("a column of a key is null");
        }
        return column.isNumber() && cell instanceof String text ? new BigDecimal(text.strip()) : cell;
    }

    /** What a statement takes for what was selected. */
    Object again(String selected) {
        if (column.isBinary()) {
            return raw(selected);
        }
        return column.isNumber() ? new BigDecimal(selected) : selected;
    }

    /** Bits are written without zeros in front. */
    private static byte[] raw(String hex) {
        return HexFormat.of().parseHex(hex.length() % 2 == 0 ? hex : "0" + hex);
    }

    private String canonical(Object cell) {
        if (column.isBinary()) {
            return bytes(cell instanceof byte[] raw ? raw : cell.toString().getBytes(StandardCharsets.UTF_8));
        }
        String text = cell instanceof byte[] raw ? new String(raw, StandardCharsets.UTF_8) : cell.toString();
        try {
            return switch (column.type()) {
                case "tinyint", "smallint", "mediumint", "int", "bigint", "year", "decimal" ->
                    ValueForm.number(new BigDecimal(text.strip()));
                case "float", "double" -> floating(Double.parseDouble(text));
                case "date", "datetime", "timestamp" -> moment(text).toString();
                case "time" -> time(text);
                case "json" -> ValueForm.json(text, true);
                case "char" -> isJson ? ValueForm.json(text, false) : text.replaceFirst(" +$", "");
                default -> isJson ? ValueForm.json(text, false) : text;
            };
        } catch (IllegalArgumentException | DateTimeException other) {
            return text;
        }
    }

    /** Both zeros are one in a comparison of the database, too. */
    private static String floating(double number) {
        return number == 0 ? "0" : Double.toString(number);
    }

    private String bytes(byte[] raw) {
        return switch (column.type()) {
            case "bit" -> new BigInteger(1, raw).toString(2);
            case "binary" -> HexFormat.of().formatHex(Arrays.copyOf(raw, Math.max(raw.length, column.length())));
            default -> HexFormat.of().formatHex(raw);
        };
    }

    private static LocalDateTime moment(String text) {
        return text.length() > 10
                ? LocalDateTime.parse(text.replace(' ', 'T'))
                : LocalDate.parse(text).atStartOfDay();
    }

    private static String time(String text) {
        Matcher parts = CLOCK.matcher(text);
        if (!parts.matches()) {
            return text;
        }
        String micros = parts.group(5) == null ? "" : parts.group(5);
        String whole = String.format(
                Locale.ROOT,
                "%d:%s:%s.%s",
                Long.parseLong(parts.group(2)),
                parts.group(3),
                parts.group(4) == null ? "00" : parts.group(4),
                (micros + "0".repeat(MICROS)).substring(0, MICROS));
        return whole.equals("0:00:00.000000") ? whole : parts.group(1) + whole;
    }
}

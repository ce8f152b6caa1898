package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.verify.RowKey;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the source's keys into those of a table of MySQL or MariaDB, and back. */
final class MyKeys {
    private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8");
    private static final Set<String> TEXTS = Set.of("text", "varchar", "citext", "name");
    private static final Set<String> OTHERS =
            Set.of("numeric", "bool", "uuid", "bpchar", "bytea", "date", "timestamp", "timestamptz", "time");

    private final SourceShape source;
    private final List<String> types;
    private final List<MyCell> cells;

    /**
     * Keys of a table.
     *
     * @param cells the target's columns of the key, in the key's order
     */
    MyKeys(SourceShape source, List<MyCell> cells) {
        this.source = source;
        this.types = source.key().types();
        this.cells = List.copyOf(cells);
    }

    /** Whether the target sorts its keys as the source does, which is sure for these types alone. */
    boolean areOrdered() {
        for (int i = 0; i < types.size(); i++) {
            if (!isOrdered(
                    types.get(i), source.keyColumns().get(i), cells.get(i).column())) {
                return false;
            }
        }
        return true;
    }

    /** What a key of PostgreSQL may hold beside numbers and days, as {@code NaN} and {@code infinity}, no bound can be made of. */
    private static boolean isOrdered(String type, SourceColumn from, MyColumn to) {
        boolean mysql = from.mysql() != null;
        return switch (type) {
            case "int2", "int4", "int8", "bool" -> to.isNumber();
            case "uuid" -> Set.of("char", "varchar").contains(to.type());
            case "numeric" -> mysql && to.isNumber();
            case "date", "timestamp", "timestamptz" ->
                mysql && Set.of("date", "datetime", "timestamp").contains(to.type());
            case "text", "varchar" ->
                from.sortsByBytes()
                        && Set.of("char", "varchar").contains(to.type())
                        && to.collation() != null
                        && to.sortsByBytes();
            default -> false;
        };
    }

    /** Whether every key that the source could have can be turned back. */
    boolean areReversible() {
        for (int i = 0; i < types.size(); i++) {
            String type = types.get(i);
            boolean padded =
                    type.equals("bpchar") && cells.get(i).column().type().equals("char");
            if (padded || !INTEGERS.contains(type) && !TEXTS.contains(type) && !OTHERS.contains(type)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the table holds nothing but keys that the source could have. */
    boolean areAll() {
        for (int i = 0; i < types.size(); i++) {
            MyColumn column = cells.get(i).column();
            boolean unsigned = column.declared().contains("unsigned");
            boolean all = switch (types.get(i)) {
                case "int2" -> column.type().equals("tinyint") || column.type().equals("smallint") && !unsigned;
                case "int4" ->
                    Set.of("tinyint", "smallint", "mediumint").contains(column.type())
                            || column.type().equals("int") && !unsigned;
                case "int8" ->
                    column.isNumber()
                            && !column.type().equals("decimal")
                            && !(unsigned && column.type().equals("bigint"));
                default -> false;
            };
            if (!all) {
                return false;
            }
        }
        return true;
    }

    /** The key's parts at the target, each in one text; empty if they have no form there. */
    Optional<List<String>> told(RowKey key) {
        Key at = source.key().change().apply(key);
        List<String> parts = new ArrayList<>(cells.size());
        for (int i = 0; i < cells.size(); i++) {
            parts.add(cells.get(i).written(at.values().get(i)));
        }
        return parts.stream().allMatch(MyCell::hasForm) ? Optional.of(parts) : Optional.empty();
    }

    /** What was selected of a key, each part in one text. */
    List<String> told(List<String> selected) {
        List<String> parts = new ArrayList<>(cells.size());
        for (int i = 0; i < cells.size(); i++) {
            parts.add(Objects.requireNonNull(cells.get(i).found(selected.get(i))));
        }
        return parts;
    }

    /** A key's part as a statement takes it. */
    Object parameter(int part, RowKey key) {
        return cells.get(part)
                .parameter(source.key().change().apply(key).values().get(part));
    }

    /** A part of a key that was selected, as a statement takes it. */
    Object again(int part, RowKey selected) {
        return cells.get(part).again(selected.parts().get(part));
    }

    /** The key that has these parts at the target; empty if no row of the source can have it. */
    Optional<RowKey> key(List<String> selected) {
        List<String> parts = new ArrayList<>(cells.size());
        for (int i = 0; i < cells.size(); i++) {
            String part = part(types.get(i), cells.get(i), selected.get(i));
            if (part == null) {
                return Optional.empty();
            }
            parts.add(part);
        }
        RowKey key = new RowKey(parts);
        return told(key).filter(told(selected)::equals).map(same -> key);
    }

    private static @Nullable String part(String type, MyCell cell, String selected) {
        try {
            return switch (type) {
                case "int2" -> integer(selected, Short.MIN_VALUE, Short.MAX_VALUE);
                case "int4" -> integer(selected, Integer.MIN_VALUE, Integer.MAX_VALUE);
                case "int8" -> integer(selected, Long.MIN_VALUE, Long.MAX_VALUE);
                case "numeric" ->
                    new BigDecimal(selected).signum() == 0
                            ? "0"
                            : new BigDecimal(selected).stripTrailingZeros().toPlainString();
                case "bool" -> bool(cell, selected);
                case "bytea" -> "\\x" + selected.toLowerCase(Locale.ROOT);
                case "date" -> PgKeyText.day(LocalDate.parse(selected.substring(0, 10)));
                case "timestamp" -> PgKeyText.moment(moment(selected), "");
                case "timestamptz" -> PgKeyText.moment(moment(selected), "+00");
                case "time" -> selected.startsWith("24") ? "24:00:00" : PgKeyText.clock(LocalTime.parse(selected));
                default -> selected;
            };
        } catch (RuntimeException otherType) {
            return null;
        }
    }

    private static String integer(String selected, long least, long most) {
        long number = new BigDecimal(selected).longValueExact();
        if (number < least || number > most) {
            throw new ArithmeticException("beyond the source's type");
        }
        return Long.toString(number);
    }

    private static @Nullable String bool(MyCell cell, String selected) {
        return switch (String.valueOf(cell.found(selected))) {
            case "0" -> "f";
            case "1" -> "t";
            default -> null;
        };
    }

    private static LocalDateTime moment(String selected) {
        return LocalDateTime.parse(selected.replace(' ', 'T'));
    }
}

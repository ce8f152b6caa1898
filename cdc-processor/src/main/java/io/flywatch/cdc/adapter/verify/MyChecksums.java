package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.verify.KeyRange;
import java.util.stream.Collectors;

/**
 * Checksums that MySQL and MariaDB compute: the number of rows, and the sums of both halves of the MD5 sums of each row, which is made of
 * the MD5 sums of its values' texts: so no text grows beyond what the server takes, and no two rows have the same one.
 */
final class MyChecksums {
    /** Without a limit the sum of each row would be computed for each half. */
    private static final String ALL = " limit 18446744073709551615";

    private MyChecksums() {}

    /** How values of a column are told, so that the same value has the same text on both sides. */
    private enum Telling {
        WHOLE,
        BITS,
        DECIMAL,
        FLOATING,
        TEXT,
        JSON,
        BYTES,
        DATE,
        MOMENT,
        TIME,
        NOT
    }

    private static Telling telling(MyColumn column) {
        return switch (column.type()) {
            case "tinyint", "smallint", "mediumint", "int", "bigint", "year" -> Telling.WHOLE;
            case "bit" -> column.length() > 1 ? Telling.BITS : Telling.WHOLE;
            case "decimal" -> Telling.DECIMAL;
            case "float", "double" -> Telling.FLOATING;
            case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set" -> Telling.TEXT;
            case "json" -> Telling.JSON;
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> Telling.BYTES;
            case "date" -> Telling.DATE;
            case "datetime", "timestamp" -> Telling.MOMENT;
            case "time" -> Telling.TIME;
            default -> Telling.NOT;
        };
    }

    /** Whether both columns tell the same value alike. Where they don't, a chunk that is equal is read row by row, no more. */
    static boolean isSure(MyColumn source, MyColumn target) {
        Telling telling = telling(source);
        return telling == telling(target)
                && switch (telling) {
                    case DECIMAL -> source.scale() == target.scale();
                    case BITS -> source.length() == target.length();
                    case BYTES ->
                        source.declared().equals(target.declared())
                                || !source.type().equals("binary")
                                        && !target.type().equals("binary");
                    case FLOATING -> source.type().equals(target.type());
                    case NOT -> false;
                    case WHOLE, TEXT, JSON, DATE, MOMENT, TIME -> true;
                };
    }

    static String of(MyTable table, KeyRange range) {
        String row = table.columns().stream()
                .map(column -> "coalesce(md5(" + told(column) + "), '-')")
                .collect(Collectors.joining(", ", "md5(concat(", "))"));
        return "select count(*), " + half("left(sums.whole, 16)") + ", " + half("right(sums.whole, 16)")
                + " from (select " + row + " as whole from " + table.quoted() + table.where(range) + ALL + ") as sums";
    }

    private static String told(MyColumn column) {
        String name = column.quoted();
        return switch (telling(column)) {
            case WHOLE, BITS ->
                column.type().equals("bit") ? "cast(" + name + " + 0 as char)" : "cast(" + name + " as char)";
            case DECIMAL, JSON, DATE -> "cast(" + name + " as char)";
            case FLOATING -> column.selected();
            case TEXT -> "convert(" + name + " using utf8mb4)";
            case BYTES -> name;
            case MOMENT -> "cast(cast(" + name + " as datetime(6)) as char)";
            case TIME -> "cast(cast(" + name + " as time(6)) as char)";
            case NOT -> throw new IllegalStateException("the column is not summed up");
        };
    }

    private static String half(String digits) {
        return "coalesce(sum(cast(conv(" + digits + ", 16, 10) as decimal(20,0))), 0)";
    }
}

package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.change.ColumnType;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column of MySQL or MariaDB.
 *
 * @param type its type without a length, e.g. {@code varchar}
 * @param declared its type as it was declared, e.g. {@code int(10) unsigned}
 * @param length in characters, bits or digits; -1 if it has none
 * @param scale digits behind the point; -1 if it has none
 * @param isGenerated whether the database computes it, so that it is not compared
 * @param collation of text; null for what is none
 * @param reader reads what {@link #selected} gives; null if the column can't be compared
 */
record MyColumn(
        String name,
        String type,
        String declared,
        int length,
        int scale,
        boolean isGenerated,
        @Nullable String collation,
        @Nullable PgReader reader)
        implements SqlColumn {

    /** Its name in SQL. */
    String quoted() {
        return quoted(name);
    }

    static String quoted(String name) {
        return '`' + name.replace("`", "``") + '`';
    }

    boolean isBinary() {
        return switch (type) {
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "bit" -> true;
            default -> false;
        };
    }

    /** How it is selected: as a text that says all. A float by itself is cut off to six digits. */
    String selected() {
        if (isBinary()) {
            return "hex(" + quoted() + ")";
        }
        if (type.equals("float")) {
            return "cast(cast(" + quoted() + " as double) as char)";
        }
        return collation == null && !type.equals("json") ? "cast(" + quoted() + " as char)" : quoted();
    }

    /** Text that is padded in comparisons sorts neither by its bytes nor by its characters. */
    boolean sortsByBytes() {
        return collation == null || collation.endsWith("_nopad_bin") || collation.endsWith("_0900_bin");
    }

    /** Whether it is compared as a number, in which a text would be cut off. */
    boolean isNumber() {
        return switch (type) {
            case "tinyint", "smallint", "mediumint", "int", "bigint", "year", "decimal" -> true;
            default -> false;
        };
    }

    /** A time may have more hours than a day. */
    @Override
    public boolean mayBeKey() {
        return !type.equals("time");
    }

    @Override
    public String signature() {
        return declared;
    }

    @Override
    public ColumnType told() {
        String sign = declared.contains("unsigned") ? " UNSIGNED" : "";
        boolean sized = Set.of("char", "varchar", "binary", "varbinary", "bit", "decimal")
                .contains(type);
        return new ColumnType(
                ColumnType.Vendor.MYSQL,
                type.toUpperCase(Locale.ROOT) + sign,
                sized ? length : -1,
                type.equals("decimal") ? scale : -1,
                meaning(),
                "string");
    }

    private String meaning() {
        return switch (type) {
            case "date" -> "io.debezium.time.Date";
            case "enum" -> "io.debezium.data.Enum";
            case "set" -> "io.debezium.data.EnumSet";
            default -> "";
        };
    }

    @Override
    public SourceColumn described() {
        boolean unsigned = declared.contains("unsigned");
        String alike = switch (type) {
            case "tinyint", "year" -> "int2";
            case "smallint" -> unsigned ? "int4" : "int2";
            case "mediumint" -> "int4";
            case "int" -> unsigned ? "int8" : "int4";
            case "bigint" -> unsigned ? "numeric" : "int8";
            case "decimal" -> "numeric";
            case "char", "varchar" -> "varchar";
            case "date" -> "date";
            case "datetime" -> "timestamp";
            case "timestamp" -> "timestamptz";
            case "time" -> MyReaders.TIME;
            case "binary", "varbinary" -> "bytea";
            default -> "";
        };
        return new SourceColumn(name, alike, sortsByBytes(), null, this);
    }
}

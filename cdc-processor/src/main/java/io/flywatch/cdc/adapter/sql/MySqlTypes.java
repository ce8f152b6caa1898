package io.flywatch.cdc.adapter.sql;

import io.flywatch.cdc.change.ColumnType;
import java.util.List;
import java.util.Locale;

/** Which column of MySQL or MariaDB holds the values of a source's type; {@code docs/types.md} lists them. */
final class MySqlTypes {
    private static final int LONGEST_KEY = 255;
    /** A row has 65,535 bytes, of which several columns must get their share. */
    private static final int LONGEST_VARCHAR = 2_000;

    private static final int MOST_DIGITS = 65;
    private static final int MOST_FRACTION = 30;
    private static final List<String> WHOLE = List.of("tinyint", "smallint", "mediumint", "int", "bigint", "decimal");
    private static final List<String> TEXTS = List.of("varchar", "text", "mediumtext", "longtext");

    private MySqlTypes() {}

    static String of(ColumnType type, boolean inKey) {
        String found = switch (type.source()) {
            case POSTGRESQL -> ofPostgres(type);
            case MYSQL -> ofMySql(type);
            case MONGODB, UNKNOWN -> byMeaning(type);
        };
        return inKey ? indexable(found) : found;
    }

    /** A key has a limited length: what is longer is refused, and never cut off. */
    private static String indexable(String type) {
        return switch (type) {
            case "text", "tinytext", "mediumtext", "longtext" -> "varchar(" + LONGEST_KEY + ")";
            case "blob", "tinyblob", "mediumblob", "longblob" -> "varbinary(" + LONGEST_KEY + ")";
            default -> type;
        };
    }

    private static String ofPostgres(ColumnType type) {
        String name = type.name();
        if (name.startsWith("_")) {
            return "json";
        }
        return switch (name) {
            case "INT2", "SMALLSERIAL" -> "smallint";
            case "INT4", "SERIAL" -> "int";
            case "INT8", "BIGSERIAL", "OID" -> "bigint";
            case "NUMERIC" -> decimal(type, "longtext");
            case "MONEY" -> "decimal(20,2)";
            case "VARCHAR", "BPCHAR" -> varchar(type);
            case "BIT" -> type.length() > 1 ? varchar(type) : "boolean";
            case "VARBIT" -> "longtext";
            case "BOOL" -> "boolean";
            case "FLOAT4", "FLOAT8" -> "double";
            case "UUID" -> "char(36)";
            case "TIMETZ", "INTERVAL", "INET", "CIDR", "MACADDR", "MACADDR8" -> "varchar(100)";
            case "POINT", "HSTORE", "JSON", "JSONB" -> "json";
            case "BYTEA" -> "longblob";
            default -> byMeaning(type);
        };
    }

    private static String decimal(ColumnType type, String otherwise) {
        boolean fits =
                type.length() > 0 && type.length() <= MOST_DIGITS && type.scale() >= 0 && type.scale() <= MOST_FRACTION;
        return fits ? "decimal(" + type.length() + "," + type.scale() + ")" : otherwise;
    }

    private static String varchar(ColumnType type) {
        return type.length() > 0 && type.length() <= LONGEST_VARCHAR ? "varchar(" + type.length() + ")" : "longtext";
    }

    private static String ofMySql(ColumnType type) {
        boolean unsigned = type.name().contains("UNSIGNED");
        String name = type.name().replaceAll(" ?(UNSIGNED|ZEROFILL)", "");
        String sign = unsigned ? " unsigned" : "";
        String length = type.length() > 0 ? "(" + type.length() + ")" : "";
        return switch (name) {
            case "TINYINT", "SMALLINT", "MEDIUMINT", "INT", "BIGINT" -> name.toLowerCase(Locale.ROOT) + sign;
            case "INTEGER" -> "int" + sign;
            case "DECIMAL", "NUMERIC", "DEC", "FIXED" -> decimal(type, "decimal(65,30)") + sign;
            case "FLOAT" -> "float";
            case "DOUBLE", "REAL" -> "double";
            case "CHAR", "BINARY", "VARBINARY" -> name.toLowerCase(Locale.ROOT) + length;
            case "VARCHAR" ->
                type.length() > 0 && type.length() <= 16_000 ? "varchar(" + type.length() + ")" : "longtext";
            case "BIT" -> type.length() > 1 ? "bit(" + type.length() + ")" : "boolean";
            case "TIMESTAMP", "DATETIME" -> "datetime(6)";
            case "TIME" -> "time(6)";
            case "YEAR",
                    "JSON",
                    "TINYTEXT",
                    "TEXT",
                    "MEDIUMTEXT",
                    "LONGTEXT",
                    "TINYBLOB",
                    "BLOB",
                    "MEDIUMBLOB",
                    "LONGBLOB" -> name.toLowerCase(Locale.ROOT);
            case "GEOMETRY", "POINT", "LINESTRING", "POLYGON" -> "longblob";
            default -> byMeaning(type);
        };
    }

    private static String byMeaning(ColumnType type) {
        return switch (type.logical()) {
            case "io.debezium.time.Date", "org.apache.kafka.connect.data.Date" -> "date";
            case "io.debezium.time.Timestamp",
                    "io.debezium.time.MicroTimestamp",
                    "io.debezium.time.NanoTimestamp",
                    "org.apache.kafka.connect.data.Timestamp",
                    "io.debezium.time.ZonedTimestamp" -> "datetime(6)";
            case "io.debezium.time.Time",
                    "io.debezium.time.MicroTime",
                    "io.debezium.time.NanoTime",
                    "org.apache.kafka.connect.data.Time" -> "time(6)";
            case "io.debezium.data.Json" -> "json";
            case "io.debezium.data.Bits" -> "longtext";
            case "io.debezium.data.Enum", "io.debezium.data.EnumSet" -> "varchar(255)";
            case "org.apache.kafka.connect.data.Decimal", "io.debezium.data.VariableScaleDecimal" -> "longtext";
            default -> byForm(type.physical());
        };
    }

    private static String byForm(String physical) {
        return switch (physical) {
            case "boolean" -> "boolean";
            case "int8", "int16" -> "smallint";
            case "int32" -> "int";
            case "int64" -> "bigint";
            case "float", "float32", "double", "float64" -> "double";
            case "bytes" -> "longblob";
            case "array", "struct", "map" -> "json";
            default -> "longtext";
        };
    }

    /** Whether a column of {@code has} must become {@code wants} to hold what the source may send from now on. */
    static boolean isNarrower(TargetColumn has, String wants) {
        String name = wants.replaceAll("[( ].*", "");
        int size = wants.contains("(") ? Integer.parseInt(wants.replaceAll(".*\\((\\d+).*", "$1")) : -1;
        boolean whole = WHOLE.contains(has.type()) && WHOLE.contains(name);
        if (whole && !has.type().equals(name)) {
            return WHOLE.indexOf(has.type()) < WHOLE.indexOf(name);
        }
        if (has.type().equals("decimal") && name.equals("decimal")) {
            int scale = Integer.parseInt(wants.replaceAll(".*,(\\d+).*", "$1"));
            return scale > has.scale() || size - scale > has.size() - has.scale();
        }
        boolean text = TEXTS.contains(has.type()) && TEXTS.contains(name);
        if (text && !has.type().equals(name)) {
            return TEXTS.indexOf(has.type()) < TEXTS.indexOf(name);
        }
        boolean sized = List.of("varchar", "char", "varbinary", "binary").contains(name)
                && has.type().equals(name);
        return sized && size > has.size();
    }
}

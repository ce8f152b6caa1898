package io.flywatch.cdc.adapter.sql;

import io.flywatch.cdc.change.ColumnType;
import java.util.List;

/** Which column of PostgreSQL holds the values of a source's type; {@code docs/types.md} lists them. */
final class PostgresTypes {
    private static final int LONGEST_VARCHAR = 10_485_760;
    private static final int MOST_DIGITS = 1_000;
    /** Each of these holds what those before it hold. */
    private static final List<String> WHOLE = List.of("smallint", "integer", "bigint", "numeric");

    private PostgresTypes() {}

    static String of(ColumnType type) {
        return switch (type.source()) {
            case POSTGRESQL -> ofPostgres(type);
            case MYSQL -> ofMySql(type);
            case MONGODB, UNKNOWN -> byMeaning(type);
        };
    }

    private static String ofPostgres(ColumnType type) {
        String name = type.name();
        if (name.startsWith("_")) {
            ColumnType element = new ColumnType(type.source(), name.substring(1), -1, -1, "", "string");
            return ofPostgres(element) + "[]";
        }
        return switch (name) {
            case "INT2", "SMALLSERIAL" -> "smallint";
            case "INT4", "SERIAL" -> "integer";
            case "INT8", "BIGSERIAL", "OID" -> "bigint";
            case "NUMERIC" -> numeric(type);
            case "VARCHAR" -> varchar(type);
            case "BPCHAR" ->
                type.length() > 0 && type.length() <= LONGEST_VARCHAR ? "char(" + type.length() + ")" : "bpchar";
            case "BIT" -> "bit(" + Math.max(1, type.length()) + ")";
            case "VARBIT" -> "bit varying";
            case "BOOL" -> "boolean";
            case "FLOAT4" -> "real";
            case "FLOAT8" -> "double precision";
            case "TIMESTAMPTZ" -> "timestamp with time zone";
            case "TIMESTAMP" -> "timestamp without time zone";
            case "TIMETZ" -> "time with time zone";
            case "HSTORE" -> "jsonb";
            case "TEXT",
                    "BYTEA",
                    "DATE",
                    "TIME",
                    "INTERVAL",
                    "UUID",
                    "JSON",
                    "JSONB",
                    "XML",
                    "MONEY",
                    "INET",
                    "CIDR",
                    "MACADDR",
                    "MACADDR8",
                    "TSVECTOR",
                    "TSQUERY",
                    "POINT",
                    "INT4RANGE",
                    "INT8RANGE",
                    "NUMRANGE",
                    "TSRANGE",
                    "TSTZRANGE",
                    "DATERANGE",
                    "INT4MULTIRANGE",
                    "INT8MULTIRANGE",
                    "NUMMULTIRANGE",
                    "TSMULTIRANGE",
                    "TSTZMULTIRANGE",
                    "DATEMULTIRANGE" -> name.toLowerCase(java.util.Locale.ROOT);
            default -> byMeaning(type);
        };
    }

    private static String numeric(ColumnType type) {
        boolean bounded = type.length() > 0 && type.length() <= MOST_DIGITS && type.scale() >= 0;
        return bounded ? "numeric(" + type.length() + "," + type.scale() + ")" : "numeric";
    }

    private static String varchar(ColumnType type) {
        return type.length() > 0 && type.length() <= LONGEST_VARCHAR ? "varchar(" + type.length() + ")" : "text";
    }

    private static String ofMySql(ColumnType type) {
        boolean unsigned = type.name().contains("UNSIGNED");
        String name = type.name().replaceAll(" ?(UNSIGNED|ZEROFILL)", "");
        return switch (name) {
            case "TINYINT", "YEAR" -> "smallint";
            case "SMALLINT" -> unsigned ? "integer" : "smallint";
            case "MEDIUMINT" -> "integer";
            case "INT", "INTEGER" -> unsigned ? "bigint" : "integer";
            case "BIGINT" -> unsigned ? "numeric(20,0)" : "bigint";
            case "DECIMAL", "NUMERIC", "DEC", "FIXED" -> numeric(type);
            case "CHAR", "VARCHAR" -> varchar(type);
            case "BINARY",
                    "VARBINARY",
                    "TINYBLOB",
                    "BLOB",
                    "MEDIUMBLOB",
                    "LONGBLOB",
                    "GEOMETRY",
                    "POINT",
                    "LINESTRING",
                    "POLYGON" -> "bytea";
            case "FLOAT" -> "double precision";
            case "TIME" -> "interval";
            case "BIT" -> type.length() > 1 ? "bit(" + type.length() + ")" : "boolean";
            case "JSON" -> "jsonb";
            default -> byMeaning(type);
        };
    }

    private static String byMeaning(ColumnType type) {
        return switch (type.logical()) {
            case "io.debezium.time.Date", "org.apache.kafka.connect.data.Date" -> "date";
            case "io.debezium.time.Timestamp",
                    "io.debezium.time.MicroTimestamp",
                    "io.debezium.time.NanoTimestamp",
                    "org.apache.kafka.connect.data.Timestamp" -> "timestamp without time zone";
            case "io.debezium.time.ZonedTimestamp" -> "timestamp with time zone";
            case "io.debezium.data.Json" -> "jsonb";
            case "io.debezium.data.Bits" -> "bit varying";
            case "org.apache.kafka.connect.data.Decimal", "io.debezium.data.VariableScaleDecimal" -> "numeric";
            default -> byForm(type.physical());
        };
    }

    private static String byForm(String physical) {
        return switch (physical) {
            case "boolean" -> "boolean";
            case "int8", "int16" -> "smallint";
            case "int32" -> "integer";
            case "int64" -> "bigint";
            case "float", "float32" -> "real";
            case "double", "float64" -> "double precision";
            case "bytes" -> "bytea";
            case "array", "struct", "map" -> "jsonb";
            default -> "text";
        };
    }

    /** Whether a column of {@code has} must become {@code wants} to hold what the source may send from now on. */
    static boolean isNarrower(TargetColumn has, String wants) {
        String name = wants.replaceAll("\\(.*", "");
        int size = argument(wants, 0);
        if (WHOLE.contains(has.type()) && WHOLE.contains(name) && !has.type().equals(name)) {
            return WHOLE.indexOf(has.type()) < WHOLE.indexOf(name);
        }
        if (has.type().equals("numeric") && name.equals("numeric") && has.size() > 0) {
            int scale = argument(wants, 1);
            return size < 0 || scale > has.scale() || size - scale > has.size() - has.scale();
        }
        boolean text = has.type().equals("character varying") || has.type().equals("bpchar");
        if (text && has.size() > 0) {
            return name.equals("text") || ((name.equals("varchar") || name.equals("char")) && size > has.size());
        }
        return has.type().equals("real") && name.equals("double precision");
    }

    private static int argument(String type, int place) {
        int open = type.indexOf('(');
        if (open < 0) {
            return -1;
        }
        String[] arguments = type.substring(open + 1, type.indexOf(')')).split(",", -1);
        return arguments.length > place ? Integer.parseInt(arguments[place].strip()) : 0;
    }
}

package io.flywatch.cdc.change;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/**
 * What the source says of a column's type.
 *
 * @param source whose types these are
 * @param name the type's name at the source in capitals, such as {@code NUMERIC}; empty if it is not told
 * @param length in characters, bits or digits; -1 if it is not told
 * @param scale digits behind the point; -1 if it is not told
 * @param logical the meaning that Debezium gives it, such as {@code io.debezium.time.Date}; may be empty
 * @param physical Kafka Connect's type, such as {@code int64}; may be empty
 */
public record ColumnType(Vendor source, String name, int length, int scale, String logical, String physical) {
    /** Nothing is known. */
    public static final ColumnType UNKNOWN = new ColumnType(Vendor.UNKNOWN, "", -1, -1, "", "");

    private static final String PARAMETER = "__debezium.source.column.";

    /** Whose types: a closed set, as each source names its types in its own way. */
    public enum Vendor {
        POSTGRESQL,
        /** MariaDB, too. */
        MYSQL,
        MONGODB,
        UNKNOWN
    }

    /** The type that a field of Kafka Connect's schema tells. */
    static ColumnType of(JsonNode field, Vendor source) {
        JsonNode parameters = field.path("parameters");
        return new ColumnType(
                source,
                parameters.path(PARAMETER + "type").asText().toUpperCase(Locale.ROOT),
                parameters.path(PARAMETER + "length").asInt(-1),
                parameters.path(PARAMETER + "scale").asInt(-1),
                field.path("name").asText(),
                field.path("type").asText());
    }

    /** Whose types an envelope's schema tells of. */
    static Vendor vendor(String nameOfSourceBlock) {
        return switch (nameOfSourceBlock.replaceAll("io\\.debezium\\.connector\\.(\\w+)\\..*", "$1")) {
            case "postgresql" -> Vendor.POSTGRESQL;
            case "mysql", "mariadb" -> Vendor.MYSQL;
            case "mongodb", "mongo" -> Vendor.MONGODB;
            default -> Vendor.UNKNOWN;
        };
    }
}

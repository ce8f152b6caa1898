package io.flywatch.cdc.change;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the reader for a field of a Kafka Connect schema, with the type that the column has at the source. */
final class ValueReaders {

    private static final String SOURCE_TYPE = "__debezium.source.column.type";

    private static final Set<String> DECIMALS = Set.of(
            "NUMERIC",
            "DECIMAL",
            "MONEY",
            "DECIMAL UNSIGNED",
            "BIGINT UNSIGNED",
            "DECIMAL UNSIGNED ZEROFILL",
            "BIGINT UNSIGNED ZEROFILL");

    private ValueReaders() {}

    /** The reader of a field. */
    static ValueReader of(JsonNode schema) {
        return of(schema, "");
    }

    private static ValueReader of(JsonNode schema, String typeOfArray) {
        String sourceType = schema.path("parameters").path(SOURCE_TYPE).asText(typeOfArray);
        ValueReader byName = byName(schema.path("name").asText(), schema);
        return byName != null ? byName : byType(schema, sourceType);
    }

    private static @Nullable ValueReader byName(String name, JsonNode schema) {
        return switch (name) {
            case "io.debezium.time.Date", "org.apache.kafka.connect.data.Date" -> TemporalReaders::date;
            case "io.debezium.time.Timestamp", "org.apache.kafka.connect.data.Timestamp" ->
                p -> TemporalReaders.timestamp(p, 1_000_000);
            case "io.debezium.time.MicroTimestamp" -> p -> TemporalReaders.timestamp(p, 1_000);
            case "io.debezium.time.NanoTimestamp" -> p -> TemporalReaders.timestamp(p, 1);
            case "io.debezium.time.ZonedTimestamp" -> TemporalReaders::zonedTimestamp;
            case "io.debezium.time.Time", "org.apache.kafka.connect.data.Time" ->
                p -> TemporalReaders.time(p, 1_000_000);
            case "io.debezium.time.MicroTime" -> p -> TemporalReaders.time(p, 1_000);
            case "io.debezium.time.NanoTime" -> p -> TemporalReaders.time(p, 1);
            case "io.debezium.time.MicroDuration" -> TemporalReaders::duration;
            case "io.debezium.data.Json" -> p -> Unavailable.replace(new Json(p.getText()));
            case "io.debezium.data.Bits" -> ScalarReaders.bits(fixedBits(schema));
            case "io.debezium.data.VariableScaleDecimal" -> ScalarReaders::variableScaleDecimal;
            case "org.apache.kafka.connect.data.Decimal" ->
                ScalarReaders.decimalOfScale(
                        schema.path("parameters").path("scale").asInt());
            default -> null;
        };
    }

    private static int fixedBits(JsonNode schema) {
        boolean varying = schema.path("parameters").path(SOURCE_TYPE).asText().equals("VARBIT");
        return varying ? 0 : schema.path("parameters").path("length").asInt();
    }

    private static ValueReader byType(JsonNode schema, String sourceType) {
        return switch (schema.path("type").asText()) {
            case "int8", "int16", "int32" -> p -> p.getIntValue();
            case "int64" -> p -> p.getLongValue();
            case "float", "double", "float32", "float64" -> ScalarReaders::floating;
            case "boolean" -> p -> p.getBooleanValue();
            case "string" -> text(sourceType);
            case "bytes" -> ScalarReaders::bytes;
            case "array" -> ContainerReaders.list(of(schema.path("items"), elementType(sourceType)));
            case "struct" -> ContainerReaders.struct(schema);
            case "ignored" -> ValueReaders::nothing;
            case "map" -> ContainerReaders.map(of(schema.path("keys")), of(schema.path("values")));
            default -> throw new IllegalArgumentException("a schema of the unknown type " + schema.path("type"));
        };
    }

    private static @Nullable Object nothing(JsonParser parser) throws IOException {
        parser.skipChildren();
        return null;
    }

    /** Whether values of a type that come as text are numbers. */
    static boolean isDecimal(String sourceType) {
        return DECIMALS.contains(sourceType);
    }

    private static ValueReader text(String sourceType) {
        if (isDecimal(sourceType)) {
            return ScalarReaders::decimal;
        }
        return switch (sourceType) {
            case "BYTEA", "BLOB", "BINARY", "VARBINARY", "TINYBLOB", "MEDIUMBLOB", "LONGBLOB" -> ScalarReaders::bytes;
            default -> p -> Unavailable.replace(p.getText());
        };
    }

    /** PostgreSQL names an array's type by its element's type after an underscore. */
    private static String elementType(String sourceType) {
        return sourceType.startsWith("_") ? sourceType.substring(1) : "";
    }
}

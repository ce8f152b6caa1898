package io.flywatch.cdc.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** MongoDB's JSON: documents of any type in three dialects, of which Debezium writes the oldest in values and the newest in keys. */
public final class ExtendedJson {
    private static final JsonMapper MAPPER = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNestingDepth(1_000)
                            .build())
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .build();

    /** From here on a double with all its digits is hard to read. */
    private static final double LONG_NUMBER = 1e17;

    private ExtendedJson() {}

    /** A text as a tree; its numbers are doubles and integers of 64 bits at most, as BSON has them. */
    public static JsonNode tree(String json) throws JsonProcessingException {
        return MAPPER.readTree(json);
    }

    /** A tree as text. */
    public static String text(JsonNode tree) {
        try {
            return MAPPER.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a document can't be written as JSON", e);
        }
    }

    /**
     * The same, with each double in a form that stays one where JSON's numbers are decimals, as in PostgreSQL's {@code jsonb}: 1.0E10
     * would come back as an integer, -0.0 without its sign, and NaN is no JSON.
     */
    static JsonNode withExactDoubles(JsonNode node) {
        if (node.isDouble() || node.isFloat()) {
            return exact(node, node.doubleValue());
        }
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(withExactDoubles(field.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, withExactDoubles(array.get(i)));
            }
        }
        return node;
    }

    private static JsonNode exact(JsonNode node, double number) {
        if (!Double.isFinite(number) || Math.abs(number) >= LONG_NUMBER || isMinusZero(number)) {
            return JsonNodeFactory.instance.objectNode().put("$numberDouble", Double.toString(number));
        }
        return number == Math.rint(number)
                ? DecimalNode.valueOf(BigDecimal.valueOf(number).setScale(1))
                : node;
    }

    private static boolean isMinusZero(double number) {
        return Double.compare(number, -0.0) == 0;
    }

    /** What a value means, of the classes that {@link Row} names; documents and arrays stay JSON. */
    public static @Nullable Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case NULL, MISSING -> null;
            case STRING -> node.asText();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> number(node);
            default -> node.isObject() && node.size() > 0 ? special(node) : new Json(text(node));
        };
    }

    private static Object number(JsonNode node) {
        if (node.isInt()) {
            return node.intValue();
        }
        return node.isIntegralNumber() ? node.longValue() : (Object) node.doubleValue();
    }

    private static Object special(JsonNode node) {
        JsonNode inner = node.elements().next();
        Object value = switch (node.fieldNames().next()) {
            case "$oid", "$symbol" -> inner.asText();
            case "$numberInt" -> Integer.parseInt(inner.asText());
            case "$numberLong" -> Long.parseLong(inner.asText());
            case "$numberDouble" -> Double.parseDouble(inner.asText());
            case "$numberDecimal" -> decimal(inner.asText());
            case "$date" -> date(inner);
            case "$binary" -> binary(node, inner);
            default -> null;
        };
        return value == null ? new Json(text(node)) : value;
    }

    private static Object decimal(String text) {
        NotFinite special = NotFinite.of(text);
        return special == null ? new BigDecimal(text) : special;
    }

    private static Object date(JsonNode inner) {
        if (inner.isTextual()) {
            return Instant.parse(inner.asText());
        }
        return Instant.ofEpochMilli(
                inner.isObject() ? Long.parseLong(inner.path("$numberLong").asText()) : inner.longValue());
    }

    /** A UUID is text, other bytes are bytes. */
    private static Object binary(JsonNode node, JsonNode inner) {
        String base64 =
                inner.isTextual() ? inner.asText() : inner.path("base64").asText();
        String type = inner.isTextual()
                ? node.path("$type").asText()
                : inner.path("subType").asText();
        byte[] bytes = Base64.getDecoder().decode(base64);
        if (bytes.length == 16 && type.equals("04")) {
            return HexFormat.of().formatHex(bytes).replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
        }
        return ByteBuffer.wrap(bytes);
    }
}

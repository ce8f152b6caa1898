package io.flywatch.cdc.adapter.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flywatch.cdc.change.Endless;
import io.flywatch.cdc.change.Json;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.NotFinite;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.verify.Digest;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of SQL targets: each value as a canonical text. Numbers are told by their value, JSON without white space and with its names in
 * order. Not for several threads.
 */
final class ValueForm implements Form {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();

    private final TextDigest digests = new TextDigest();

    @Override
    public Digest digest(Key key, Row row) {
        for (int i = 0; i < row.size(); i++) {
            Object value = row.value(i);
            if (value != null) {
                digests.add(row.name(i), text(value));
            }
        }
        return digests.take();
    }

    @Override
    public Map<String, @Nullable String> image(Key key, Row row) {
        Map<String, @Nullable String> image = new HashMap<>();
        for (int i = 0; i < row.size(); i++) {
            Object value = row.value(i);
            image.put(row.name(i), value == null ? null : text(value));
        }
        return image;
    }

    private static String text(Object value) {
        return switch (value) {
            case String text -> text;
            case Integer number -> number.toString();
            case Long number -> number.toString();
            case BigDecimal number -> number(number);
            case NotFinite number -> number.name();
            case Endless time -> time.text();
            case Json json -> json(json.text(), false);
            case ByteBuffer bytes -> HexFormat.of().formatHex(bytes.array());
            case List<?> list -> list(list);
            case Map<?, ?> map -> map(map);
            default -> value.toString();
        };
    }

    /** One text for all decimals that are equal. */
    static String number(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
    }

    private static String list(List<?> list) {
        StringBuilder text = new StringBuilder("[");
        for (Object element : list) {
            String part = element == null ? null : text(element);
            text.append(part == null ? "-" : part.length() + ":" + part);
        }
        return text.append(']').toString();
    }

    private static String map(Map<?, ?> map) {
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((name, value) -> sorted.put(String.valueOf(name), value == null ? List.of() : value));
        return list(sorted.entrySet().stream()
                .<Object>flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                .toList());
    }

    /**
     * JSON without white space, its names in order and its numbers by value.
     *
     * @param doubles whether numbers that are not whole, or of more than 64 bits, are doubles, as in the JSON of MySQL
     */
    static String json(String text, boolean doubles) {
        try {
            StringBuilder canonical = new StringBuilder();
            json(MAPPER.readTree(text), doubles, canonical);
            return canonical.toString();
        } catch (JsonProcessingException e) {
            return text;
        }
    }

    private static void json(JsonNode node, boolean doubles, StringBuilder text) {
        if (node.isObject()) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            Collection<Map.Entry<String, JsonNode>> fields = node.properties();
            fields.forEach(field -> sorted.put(field.getKey(), field.getValue()));
            text.append('{');
            sorted.forEach((name, value) -> {
                text.append(name.length()).append(':').append(name);
                json(value, doubles, text);
            });
            text.append('}');
        } else if (node.isArray()) {
            text.append('[');
            node.forEach(element -> json(element, doubles, text));
            text.append(']');
        } else if (node.isNumber()) {
            text.append(
                            doubles && !fits(node)
                                    ? number(new BigDecimal(node.doubleValue()))
                                    : number(node.decimalValue()))
                    .append(';');
        } else {
            text.append(node).append(';');
        }
    }

    private static boolean fits(JsonNode number) {
        return number.isIntegralNumber()
                && (number.canConvertToLong()
                        || number.bigIntegerValue().signum() > 0
                                && number.bigIntegerValue().bitLength() <= Long.SIZE);
    }
}

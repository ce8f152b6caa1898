package io.flywatch.cdc.adapter.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flywatch.cdc.change.Endless;
import io.flywatch.cdc.change.Json;
import io.flywatch.cdc.change.NotFinite;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists, maps and single values as JSON, for columns that take no other form of them; bytes are base64. */
final class PortableJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    private PortableJson() {}

    static String of(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsString(node(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a value has no form in JSON", e);
        }
    }

    private static JsonNode node(@Nullable Object value) throws JsonProcessingException {
        return switch (value) {
            case null -> NODES.nullNode();
            case Boolean truth -> NODES.booleanNode(truth);
            case Integer number -> NODES.numberNode(number);
            case Long number -> NODES.numberNode(number);
            case BigDecimal number -> NODES.numberNode(number);
            case Double number when Double.isFinite(number) -> NODES.numberNode(number);
            case Json json -> MAPPER.readTree(json.text());
            case ByteBuffer bytes -> NODES.textNode(Base64.getEncoder().encodeToString(bytes.array()));
            case List<?> list -> array(list);
            case Map<?, ?> map -> object(map);
            case NotFinite number -> NODES.textNode(PostgresCells.notFinite(number));
            case Endless time -> NODES.textNode(time.text());
            default -> NODES.textNode(value.toString());
        };
    }

    private static JsonNode array(List<?> list) throws JsonProcessingException {
        ArrayNode array = NODES.arrayNode();
        for (Object element : list) {
            array.add(node(element));
        }
        return array;
    }

    private static JsonNode object(Map<?, ?> map) throws JsonProcessingException {
        ObjectNode object = NODES.objectNode();
        for (Map.Entry<?, ?> pair : map.entrySet()) {
            object.set(String.valueOf(pair.getKey()), node(pair.getValue()));
        }
        return object;
    }
}

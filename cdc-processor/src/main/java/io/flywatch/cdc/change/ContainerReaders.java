package io.flywatch.cdc.change;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads arrays, maps and structures. */
final class ContainerReaders {

    private ContainerReaders() {}

    static ValueReader list(ValueReader element) {
        return parser -> Unavailable.replace(elements(parser, element));
    }

    private static Object elements(JsonParser parser, ValueReader element) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(element.readOrNull(parser));
        }
        return list;
    }

    static ValueReader struct(JsonNode schema) {
        Map<String, ValueReader> fields = new HashMap<>();
        schema.path("fields").forEach(field -> fields.put(field.path("field").asText(), ValueReaders.of(field)));
        return parser -> {
            Map<String, @Nullable Object> struct = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                ValueReader reader = fields.get(name);
                parser.nextToken();
                if (reader == null) {
                    throw new IOException("the field " + name + " is not in the schema");
                }
                struct.put(name, reader.readOrNull(parser));
            }
            return struct;
        };
    }

    /** Kafka Connect writes a map with text as keys as an object, any other as an array of pairs. */
    static ValueReader map(ValueReader key, ValueReader value) {
        return parser -> {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            boolean pairs = parser.currentToken() == JsonToken.START_ARRAY;
            while (!parser.nextToken().isStructEnd()) {
                String name = pairs ? keyOfPair(parser, key) : parser.currentName();
                parser.nextToken();
                map.put(name, value.readOrNull(parser));
                if (pairs) {
                    parser.nextToken();
                }
            }
            return Unavailable.replace(map);
        };
    }

    private static String keyOfPair(JsonParser parser, ValueReader key) throws IOException {
        parser.nextToken();
        return String.valueOf(key.readOrNull(parser));
    }
}

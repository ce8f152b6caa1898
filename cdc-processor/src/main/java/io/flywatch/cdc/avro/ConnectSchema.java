package io.flywatch.cdc.avro;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An Avro schema as Kafka Connect's JSON converter writes the schema that it was made from. Kafka Connect's own part of it stands in
 * properties, whichever registry's converter wrote it: {@code connect.name}, {@code connect.parameters}, {@code connect.version},
 * {@code connect.type} and {@code connect.default}.
 */
final class ConnectSchema {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ConnectSchema() {}

    static ObjectNode of(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return described(schema).put("optional", false);
        }
        return described(present(schema)).put("optional", true);
    }

    /** What an optional value is when it is there. */
    static Schema present(Schema union) {
        List<Schema> others = new ArrayList<>();
        for (Schema branch : union.getTypes()) {
            if (branch.getType() != Schema.Type.NULL) {
                others.add(branch);
            }
        }
        if (others.size() != 1) {
            throw new IllegalArgumentException(
                    "the schema has a union of several types, which no connector of Debezium writes");
        }
        return others.getFirst();
    }

    private static ObjectNode described(Schema schema) {
        ObjectNode node = JSON.createObjectNode();
        switch (schema.getType()) {
            case RECORD -> struct(schema, node);
            case ARRAY -> node.put("type", "array").set("items", of(schema.getElementType()));
            case MAP -> {
                node.put("type", "map").set("keys", of(Schema.create(Schema.Type.STRING)));
                node.set("values", of(schema.getValueType()));
            }
            case STRING, ENUM -> node.put("type", "string");
            case BYTES, FIXED -> node.put("type", "bytes");
            case INT -> node.put("type", narrow(schema));
            case LONG -> node.put("type", "int64");
            case FLOAT -> node.put("type", "float");
            case DOUBLE -> node.put("type", "double");
            case BOOLEAN -> node.put("type", "boolean");
            case UNION, NULL -> throw new IllegalArgumentException("the schema has a value that can only be null");
        }
        named(schema, node);
        return node;
    }

    private static void struct(Schema schema, ObjectNode node) {
        var fields = node.put("type", "struct").putArray("fields");
        for (Schema.Field field : schema.getFields()) {
            ObjectNode described = of(field.schema());
            Object value = field.hasDefaultValue() ? field.defaultVal() : null;
            if (value != null && value != JsonProperties.NULL_VALUE && !described.has("default")) {
                described.set("default", json(value));
            }
            fields.add(described.put("field", field.name()));
        }
    }

    private static JsonNode json(Object value) {
        return value instanceof byte[] bytes ? JSON.getNodeFactory().binaryNode(bytes) : JSON.valueToTree(value);
    }

    private static String narrow(Schema schema) {
        return schema.getObjectProp("connect.type") instanceof String narrow ? narrow : "int32";
    }

    private static void named(Schema schema, ObjectNode node) {
        @Nullable Object name = schema.getObjectProp("connect.name");
        if (name != null) {
            node.put("name", name.toString());
        }
        if (schema.getObjectProp("connect.version") instanceof Number version) {
            node.put("version", version.intValue());
        }
        if (schema.getObjectProp("connect.parameters") instanceof Map<?, ?> parameters) {
            node.set("parameters", JSON.valueToTree(parameters));
        }
        Object value = schema.getObjectProp("connect.default");
        if (value != null && value != JsonProperties.NULL_VALUE) {
            node.set("default", json(value));
        }
    }
}

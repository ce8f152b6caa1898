package io.flywatch.cdc.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flywatch.cdc.change.ColumnType;
import io.flywatch.cdc.change.DocumentDecoder;
import io.flywatch.cdc.change.ExtendedJson;
import io.flywatch.cdc.change.Json;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.change.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A collection's documents as the target has them. A rule is about a field of the first level: it is renamed, dropped or hidden in the
 * document itself, and a field that is cast becomes a column of its own beside the document. A field may be missing.
 */
final class DocumentMapping {
    private final Map<String, ColumnMap> rules;
    private final @Nullable Mask mask;
    private final ColumnMap id;
    private final List<ColumnMap> columns;
    private final Shape shape;

    DocumentMapping(Map<String, ColumnMap> rules, @Nullable Mask mask) {
        this.rules = rules;
        this.mask = mask;
        this.id = rules.getOrDefault(DocumentDecoder.ID, ColumnMap.unchanged(DocumentDecoder.ID));
        this.columns = rules.values().stream()
                .filter(rule -> rule.cast() != null && rule != id)
                .toList();
        List<String> names = new ArrayList<>(List.of(id.target()));
        List<ColumnType> types = new ArrayList<>(List.of(id.type(DocumentDecoder.SHAPE.typeOf(DocumentDecoder.ID))));
        columns.forEach(column -> {
            names.add(column.target());
            types.add(column.type(ColumnType.UNKNOWN));
        });
        names.add(DocumentDecoder.DOCUMENT);
        types.add(DocumentDecoder.SHAPE.types().getLast());
        this.shape = new Shape(names, types);
    }

    /** Throws {@link IllegalArgumentException} if a value can't be mapped. */
    Row row(Row row) {
        if (rules.values().stream().anyMatch(rule -> FieldPath.isNested(rule.target()))) {
            throw new IllegalArgumentException(
                    "fields of a document are not moved into others: name them without dots");
        }
        JsonNode document = tree(row);
        @Nullable Object[] values = new @Nullable Object[shape.size()];
        values[0] = id.value(row.value(0), mask);
        for (int i = 0; i < columns.size(); i++) {
            ColumnMap column = columns.get(i);
            values[i + 1] = column.value(ExtendedJson.value(document.path(column.source())), mask);
        }
        values[shape.size() - 1] = new Json(ExtendedJson.text(mapped(document)));
        return new Row(shape, values);
    }

    private static JsonNode tree(Row row) {
        Json document = (Json) Objects.requireNonNull(row.value(1));
        try {
            return ExtendedJson.tree(document.text());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the document is no JSON", e);
        }
    }

    private JsonNode mapped(JsonNode document) {
        ObjectNode mapped = JsonNodeFactory.instance.objectNode();
        document.properties().forEach(field -> {
            ColumnMap rule = rules.get(field.getKey());
            if (rule == null) {
                mapped.set(field.getKey(), field.getValue());
            } else if (!rule.isDropped()) {
                mapped.set(rule == id ? DocumentDecoder.ID : rule.target(), value(rule, field.getValue()));
            }
        });
        return mapped;
    }

    private JsonNode value(ColumnMap rule, JsonNode value) {
        if (!rule.hides()) {
            return value;
        }
        Object hidden = rule.value(ExtendedJson.value(value), mask);
        return hidden == null
                ? JsonNodeFactory.instance.nullNode()
                : JsonNodeFactory.instance.textNode(hidden.toString());
    }
}

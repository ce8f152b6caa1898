package io.flywatch.cdc.adapter.mongo;

import io.flywatch.cdc.mapping.FieldPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Columns as fields of documents, some of them inside of others: a field's path is {@code address.city}, as updates and filters have it. */
final class Fields {
    private static final String DOT = ".";

    private Fields() {}

    /** The path of a column's field. */
    static String path(String column) {
        if (!FieldPath.isNested(column)) {
            return FieldNames.column(column);
        }
        List<String> parts = FieldPath.parts(column);
        StringBuilder path = new StringBuilder(FieldNames.column(parts.getFirst()));
        parts.subList(1, parts.size()).forEach(part -> path.append(DOT).append(part));
        return path.toString();
    }

    /** Two columns that would be one field, or of which one would stand inside of the other, for a person; empty if there are none. */
    static Optional<String> clash(List<String> columns) {
        Map<String, String> byPath = new TreeMap<>();
        for (String column : columns) {
            String other = byPath.put(path(column), column);
            if (other != null) {
                return Optional.of(clash(other, column));
            }
        }
        for (Map.Entry<String, String> field : byPath.entrySet()) {
            String path = field.getKey();
            for (int dot = path.indexOf(DOT); dot >= 0; dot = path.indexOf(DOT, dot + 1)) {
                String outer = byPath.get(path.substring(0, dot));
                if (outer != null) {
                    return Optional.of(clash(outer, field.getValue()));
                }
            }
        }
        return Optional.empty();
    }

    private static String clash(String one, String other) {
        return "the columns " + shown(one) + " and " + shown(other) + " would both be the field " + path(one)
                + " of a document: give one of them another name in target.mapping";
    }

    private static String shown(String column) {
        return String.join(DOT, FieldPath.parts(column));
    }

    /** Sets a field, and makes the documents that lead to it. */
    static void put(BsonDocument document, String path, BsonValue value) {
        int dot = path.indexOf(DOT);
        if (dot < 0) {
            document.put(path, value);
            return;
        }
        String outer = path.substring(0, dot);
        BsonValue inner = document.get(outer);
        if (inner == null || !inner.isDocument()) {
            inner = new BsonDocument();
            document.put(outer, inner);
        }
        put(inner.asDocument(), path.substring(dot + 1), value);
    }

    /** Sets fields by their paths. */
    static void putAll(BsonDocument document, Map<String, BsonValue> byPath) {
        byPath.forEach((path, value) -> put(document, path, value));
    }

    /** The value of a field; null if there is none. */
    static @Nullable BsonValue get(BsonDocument document, String path) {
        int dot = path.indexOf(DOT);
        if (dot < 0) {
            return document.get(path);
        }
        BsonValue inner = document.get(path.substring(0, dot));
        return inner != null && inner.isDocument() ? get(inner.asDocument(), path.substring(dot + 1)) : null;
    }
}

package io.flywatch.cdc.adapter.mongo;

import io.flywatch.cdc.mapping.FieldPath;
import java.util.List;
import java.util.Map;
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

package io.flywatch.cdc.adapter.mongo;

import io.flywatch.cdc.change.Bson;
import io.flywatch.cdc.change.DocumentDecoder;
import io.flywatch.cdc.change.Json;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.change.Unavailable;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/** Rows as documents: {@code _id} is the key, and every column is a field. */
final class Documents {

    static final String ID = "_id";

    private static final int NANOS_A_MILLI = 1_000_000;

    private Documents() {}

    /** A key of one column is its value unless it is to be a document; a longer one, or an array, is a document in the key's order. */
    static BsonValue id(Key key) {
        if (!key.asDocument() && key.columns().size() == 1 && !(key.values().getFirst() instanceof List)) {
            return idValue(key.values().getFirst());
        }
        BsonDocument id = new BsonDocument();
        for (int i = 0; i < key.columns().size(); i++) {
            id.put(FieldNames.column(key.columns().get(i)), idValue(key.values().get(i)));
        }
        return id;
    }

    /** A date of MongoDB has milliseconds: two keys that differ in less must not become one. */
    private static BsonValue idValue(Object value) {
        return switch (value) {
            case Instant time when time.getNano() % NANOS_A_MILLI != 0 -> new BsonString(time.toString());
            case LocalDateTime time when time.getNano() % NANOS_A_MILLI != 0 -> new BsonString(time.toString());
            default -> BsonValues.of(value);
        };
    }

    /** The filter that finds a row. */
    static BsonDocument byId(Key key) {
        return new BsonDocument(ID, id(key));
    }

    /** The document of a row; values that are unavailable are left out. */
    static BsonDocument of(Key key, Row row) {
        if (DocumentDecoder.areDocuments(row.shape())) {
            return whole(key, row);
        }
        BsonDocument document = new BsonDocument(ID, id(key));
        for (int i = 0; i < row.size(); i++) {
            Object value = row.value(i);
            if (value != Unavailable.VALUE) {
                Fields.put(document, Fields.path(row.name(i)), BsonValues.of(value));
            }
        }
        return document;
    }

    /** A document of another MongoDB, as it is but for what the mapping says. */
    private static BsonDocument whole(Key key, Row row) {
        BsonDocument document = content(row);
        if (!(key.values().getFirst() instanceof Bson) || !document.containsKey(ID)) {
            document.put(ID, id(key));
        }
        for (int i = 1; i < row.size() - 1; i++) {
            document.replace(row.name(i), BsonValues.of(row.value(i)));
        }
        return document;
    }

    private static BsonDocument content(Row row) {
        return row.value(row.size() - 1) instanceof Json json ? BsonValues.parsed(json.text()) : new BsonDocument();
    }

    /** The fields that a row has values for by their paths, without {@code _id}. */
    static BsonDocument fields(Row row) {
        if (DocumentDecoder.areDocuments(row.shape())) {
            BsonDocument content = content(row);
            content.remove(ID);
            return content;
        }
        BsonDocument fields = new BsonDocument();
        for (int i = 0; i < row.size(); i++) {
            Object value = row.value(i);
            if (value != Unavailable.VALUE) {
                fields.put(Fields.path(row.name(i)), BsonValues.of(value));
            }
        }
        return fields;
    }
}

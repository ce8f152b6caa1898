package io.flywatch.cdc.adapter.mongo;

import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.change.Unavailable;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Rows as documents: {@code _id} is the key, and every column is a field. */
final class Documents {

    static final String ID = "_id";

    private Documents() {}

    /** A key of one column is its value, a longer one a document in the key's order. */
    static BsonValue id(Key key) {
        if (key.columns().size() == 1) {
            return BsonValues.of(key.values().getFirst());
        }
        BsonDocument id = new BsonDocument();
        for (int i = 0; i < key.columns().size(); i++) {
            id.put(
                    FieldNames.column(key.columns().get(i)),
                    BsonValues.of(key.values().get(i)));
        }
        return id;
    }

    /** The filter that finds a row. */
    static BsonDocument byId(Key key) {
        return new BsonDocument(ID, id(key));
    }

    /** The document of a row; values that are unavailable are left out. */
    static BsonDocument of(Key key, Row row) {
        BsonDocument document = new BsonDocument(ID, id(key));
        putAll(row, document);
        return document;
    }

    /** The fields that a row has values for, without {@code _id}. */
    static BsonDocument fields(Row row) {
        BsonDocument fields = new BsonDocument();
        putAll(row, fields);
        return fields;
    }

    private static void putAll(Row row, BsonDocument into) {
        for (int i = 0; i < row.size(); i++) {
            Object value = row.value(i);
            if (value != Unavailable.VALUE) {
                into.put(FieldNames.column(row.name(i)), BsonValues.of(value));
            }
        }
    }
}

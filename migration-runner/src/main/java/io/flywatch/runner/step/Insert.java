package io.flywatch.runner.step;

import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * Inserts documents. A document without an {@code _id} gets one that depends on nothing but its place, so that a repeated insert
 * is recognised.
 */
public record Insert(String name, String collection, List<BsonDocument> documents) implements Step {
    public Insert {
        documents = List.copyOf(documents);
    }

    @Override
    public BsonDocument content() {
        return new BsonDocument("insert", new BsonString(collection)).append("documents", new BsonArray(documents));
    }
}

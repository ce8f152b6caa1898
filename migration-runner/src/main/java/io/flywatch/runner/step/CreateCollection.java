package io.flywatch.runner.step;

import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * Makes sure that a collection is there.
 *
 * @param options of MongoDB's {@code create} command, e.g. {@code capped}, {@code validator}
 */
public record CreateCollection(String name, String collection, BsonDocument options) implements Step {
    @Override
    public BsonDocument content() {
        return new BsonDocument("createCollection", new BsonString(collection)).append("options", options);
    }
}

package io.flywatch.runner.step;

import org.bson.BsonDocument;
import org.bson.BsonString;

/** Makes sure that a collection is not there. */
public record DropCollection(String name, String collection) implements Step {
    @Override
    public BsonDocument content() {
        return new BsonDocument("dropCollection", new BsonString(collection));
    }
}

package io.flywatch.runner.step;

import org.bson.BsonDocument;
import org.bson.BsonString;

/** Deletes each document that matches a filter. */
public record Delete(String name, String collection, BsonDocument filter, Pacing pacing) implements Batched {

    @Override
    public BsonDocument content() {
        return new BsonDocument("delete", new BsonString(collection)).append("filter", filter);
    }
}

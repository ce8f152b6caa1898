package io.flywatch.runner.step;

import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * Changes each document that matches a filter, once.
 *
 * @param change operators or a pipeline
 */
public record Update(String name, String collection, BsonDocument filter, Change change, Pacing pacing)
        implements Batched {

    @Override
    public BsonDocument content() {
        return new BsonDocument("update", new BsonString(collection))
                .append("filter", filter)
                .append("change", change.content());
    }
}

package io.flywatch.runner.step;

import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * Makes sure that an index is not there.
 *
 * @param indexName the index's own name
 */
public record DropIndex(String name, String collection, String indexName) implements Step {
    @Override
    public BsonDocument content() {
        return new BsonDocument("dropIndex", new BsonString(collection)).append("name", new BsonString(indexName));
    }
}

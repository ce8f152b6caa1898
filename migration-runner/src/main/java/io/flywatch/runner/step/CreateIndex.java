package io.flywatch.runner.step;

import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * Makes sure that an index is there.
 *
 * @param indexName the index's own name
 * @param keys fields and directions, in order
 * @param options of MongoDB's {@code createIndexes} command, e.g. {@code unique}, {@code sparse}
 */
public record CreateIndex(String name, String collection, String indexName, BsonDocument keys, BsonDocument options)
        implements Step {
    @Override
    public BsonDocument content() {
        return new BsonDocument("createIndex", new BsonString(collection))
                .append("name", new BsonString(indexName))
                .append("keys", keys)
                .append("options", options);
    }
}

package io.flywatch.runner.step;

import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * Changes each document that matches a filter, once, batch by batch in the order of {@code _id}.
 *
 * @param change operators or a pipeline
 * @param batchSize how many documents make a batch
 */
public record Update(String name, String collection, BsonDocument filter, Change change, int batchSize)
        implements Step {
    /** Documents in a batch where the file doesn't say. */
    public static final int DEFAULT_BATCH_SIZE = 1_000;

    /** More would come near the server's limits for one transaction. */
    public static final int MAX_BATCH_SIZE = 10_000;

    @Override
    public BsonDocument content() {
        return new BsonDocument("update", new BsonString(collection))
                .append("filter", filter)
                .append("change", change.content());
    }
}

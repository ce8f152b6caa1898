package io.flywatch.cdc.adapter.mongo;

import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.ClientSession;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import com.mongodb.client.result.UpdateResult;
import java.util.List;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * A database, inside a transaction or without one.
 *
 * @param transaction null where the server has no transactions
 */
record Session(MongoDatabase database, @Nullable ClientSession transaction) {

    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    MongoCollection<BsonDocument> collection(String name) {
        return database.getCollection(name, BsonDocument.class);
    }

    @Nullable
    BsonDocument findOne(MongoCollection<BsonDocument> collection, BsonDocument filter) {
        return transaction == null
                ? collection.find(filter).first()
                : collection.find(transaction, filter).first();
    }

    FindIterable<BsonDocument> find(MongoCollection<BsonDocument> collection, BsonDocument filter) {
        return transaction == null ? collection.find(filter) : collection.find(transaction, filter);
    }

    UpdateResult updateOne(MongoCollection<BsonDocument> collection, BsonDocument filter, BsonDocument update) {
        return transaction == null
                ? collection.updateOne(filter, update)
                : collection.updateOne(transaction, filter, update);
    }

    void upsertOne(MongoCollection<BsonDocument> collection, BsonDocument filter, BsonDocument update) {
        UpdateOptions upsert = new UpdateOptions().upsert(true);
        if (transaction == null) {
            collection.updateOne(filter, update, upsert);
        } else {
            collection.updateOne(transaction, filter, update, upsert);
        }
    }

    void updateMany(MongoCollection<BsonDocument> collection, BsonDocument filter, BsonDocument update) {
        if (transaction == null) {
            collection.updateMany(filter, update);
        } else {
            collection.updateMany(transaction, filter, update);
        }
    }

    void deleteMany(MongoCollection<BsonDocument> collection, BsonDocument filter) {
        if (transaction == null) {
            collection.deleteMany(filter);
        } else {
            collection.deleteMany(transaction, filter);
        }
    }

    /** Updates in any order; tells how many of them found their document. */
    int writeMatching(MongoCollection<BsonDocument> collection, List<? extends WriteModel<BsonDocument>> models) {
        return models.isEmpty() ? 0 : collection.bulkWrite(models, UNORDERED).getMatchedCount();
    }

    /** The models in any order; nothing for none. */
    void write(MongoCollection<BsonDocument> collection, List<? extends WriteModel<BsonDocument>> models) {
        if (!models.isEmpty()) {
            BulkWriteResult result = transaction == null
                    ? collection.bulkWrite(models, UNORDERED)
                    : collection.bulkWrite(transaction, models, UNORDERED);
            if (!result.wasAcknowledged()) {
                throw new IllegalStateException(
                        "The connection's write concern acknowledges nothing: remove w=0 from its URL.");
            }
        }
    }
}

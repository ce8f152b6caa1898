package io.flywatch.runner.adapter.mongo;

import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/**
 * The collections that Flywatch keeps in the migrated database, and the way to all others: each write is on a majority, whatever the
 * connection string says. What is read from the primary may still be rolled back; but then so is, with an error, each write that was
 * decided by it, as it stands behind in the same log. A server that stands alone knows no other read concern.
 */
final class Books {
    static final String LEDGER = "flywatch_ledger";
    static final String LEASE = "flywatch_lease";
    static final String CHECKPOINT = "flywatch_checkpoint";
    static final String BATCH = "flywatch_batch";
    /** Carried by a document while its batch is at work, on servers without transactions. */
    static final String MARK = "_flywatch";

    private final MongoDatabase database;

    Books(MongoDatabase database) {
        this.database = database.withWriteConcern(WriteConcern.MAJORITY)
                .withReadConcern(ReadConcern.LOCAL)
                .withReadPreference(ReadPreference.primary());
    }

    MongoDatabase database() {
        return database;
    }

    MongoCollection<BsonDocument> collection(String name) {
        return database.getCollection(name, BsonDocument.class);
    }

    MongoCollection<BsonDocument> ledger() {
        return collection(LEDGER);
    }

    MongoCollection<BsonDocument> lease() {
        return collection(LEASE);
    }

    MongoCollection<BsonDocument> checkpoints() {
        return collection(CHECKPOINT);
    }

    MongoCollection<BsonDocument> batches() {
        return collection(BATCH);
    }

    /** Creates what is missing, as older servers don't create collections inside of transactions. */
    void open() {
        Set<String> there = new HashSet<>();
        database.listCollectionNames().into(there);
        for (String name : List.of(LEDGER, LEASE, CHECKPOINT, BATCH)) {
            if (!there.contains(name)) {
                Definitions.create(database, name, new BsonDocument());
                if (name.equals(BATCH)) {
                    // What came late into the range of a batch is looked up for each batch.
                    batches().createIndex(new BsonDocument("of", new BsonInt32(1)).append("_id", new BsonInt32(1)));
                }
            }
        }
    }
}

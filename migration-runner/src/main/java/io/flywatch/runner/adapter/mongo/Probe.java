package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Finds out what a server can do, by doing it in a collection of our own. */
final class Probe {
    private static final BsonDateTime END_OF_TIME =
            new BsonDateTime(Instant.parse("9999-01-01T00:00:00Z").toEpochMilli());

    private final BsonString id = new BsonString("probe-" + UUID.randomUUID());
    private final BsonDocument document = new BsonDocument("_id", id);
    private final MongoClient client;
    private final Books books;

    Probe(MongoClient client, Books books) {
        this.client = client;
        this.books = books;
    }

    Abilities find() {
        MongoCollection<BsonDocument> ground = books.checkpoints();
        ground.replaceOne(
                document, new BsonDocument("_id", id).append("n", new BsonInt32(0)), new ReplaceOptions().upsert(true));
        try {
            boolean replicated = isReplicated();
            return new Abilities(replicated, replicated && transactions(ground), pipelines(ground), clock(ground));
        } finally {
            ground.deleteOne(document);
        }
    }

    /** Transactions need a replica set or a sharded cluster, which each server tells of itself. */
    private boolean isReplicated() {
        Document hello = hello();
        return hello.containsKey("setName") || "isdbgrid".equals(hello.get("msg"));
    }

    private Document hello() {
        try {
            return client.getDatabase("admin").runCommand(new Document("hello", 1));
        } catch (MongoCommandException e) {
            refused(e);
            return client.getDatabase("admin").runCommand(new Document("isMaster", 1));
        }
    }

    private boolean transactions(MongoCollection<BsonDocument> ground) {
        try {
            return new Transactions(client, Faults.NONE, why -> {}).run(session -> {
                ground.updateOne(session, document, new Document("$inc", new Document("n", 1)));
                return true;
            });
        } catch (MongoException e) {
            // The driver's own refusal, as it knows of no sessions there, is one too; that it found no server is none.
            return refused(e);
        }
    }

    private boolean pipelines(MongoCollection<BsonDocument> ground) {
        try {
            List<Bson> pipeline =
                    List.of(new Document("$set", new Document("n", new Document("$add", List.of("$n", 1)))));
            return ground.updateOne(document, pipeline).getMatchedCount() == 1;
        } catch (MongoException e) {
            return refused(e);
        }
    }

    /** Now is before the end of time, and not after it. */
    private boolean clock(MongoCollection<BsonDocument> ground) {
        try {
            return finds(ground, "$lt") && !finds(ground, "$gt");
        } catch (MongoException e) {
            return refused(e);
        }
    }

    private boolean finds(MongoCollection<BsonDocument> ground, String comparison) {
        BsonArray compared = new BsonArray(List.of(new BsonString("$$NOW"), END_OF_TIME));
        return ground.find(document.clone().append("$expr", new BsonDocument(comparison, compared)))
                        .first()
                != null;
    }

    /** A server that is away has refused nothing. */
    private static boolean refused(MongoException e) {
        if (Trouble.isPassing(e)) {
            throw e;
        }
        return false;
    }
}

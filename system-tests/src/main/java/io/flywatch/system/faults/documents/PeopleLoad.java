package io.flywatch.system.faults.documents;

import com.mongodb.MongoException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import java.util.Random;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/** Writes to the collection until it is closed, in transactions and without. What the server refuses meanwhile is left. */
final class PeopleLoad implements AutoCloseable {
    static final int FIRST = 1_000;
    private static final int ALL = 2_000;

    private final MongoClient client;
    private final MongoCollection<BsonDocument> collection;
    private final Random random;
    private final People people;
    private final Thread thread;
    private volatile boolean goesOn = true;
    private volatile int done;

    private PeopleLoad(MongoClient client, MongoCollection<BsonDocument> collection, long seed) {
        this.client = client;
        this.collection = collection;
        this.random = new Random(seed);
        this.people = new People(random);
        this.thread = Thread.ofPlatform().name("people-load").unstarted(this::run);
    }

    /** Begins with so many documents that are there at once. */
    static PeopleLoad fill(MongoClient client, MongoCollection<BsonDocument> collection, long seed) {
        PeopleLoad load = new PeopleLoad(client, collection, seed);
        for (int i = 0; i < FIRST; i++) {
            collection.insertOne(load.people.person(i));
        }
        return load;
    }

    void start() {
        thread.start();
    }

    /** How many changes were made. */
    int done() {
        return done;
    }

    private void run() {
        while (goesOn) {
            try {
                change();
                done = done + 1;
            } catch (MongoException e) {
                // The primary stepped down, or two transactions met: there is always a next change.
            }
        }
    }

    private void change() {
        int number = random.nextInt(ALL);
        BsonDocument byId = new BsonDocument("_id", People.id(number));
        switch (random.nextInt(6)) {
            case 0 -> collection.deleteOne(byId);
            case 1 -> collection.updateOne(byId, new BsonDocument("$set", field()));
            case 2 -> collection.updateOne(byId, new BsonDocument("$unset", field()));
            case 3 -> inTransaction(byId, number);
            default -> collection.replaceOne(byId, people.person(number), new ReplaceOptions().upsert(true));
        }
    }

    private BsonDocument field() {
        return new BsonDocument("field" + random.nextInt(20), people.value());
    }

    private void inTransaction(BsonDocument byId, int number) {
        BsonDocument next = people.person(number);
        BsonDocument other = new BsonDocument("_id", People.id(random.nextInt(ALL)));
        try (ClientSession session = client.startSession()) {
            session.withTransaction(() -> {
                collection.deleteOne(session, byId);
                collection.insertOne(session, next);
                collection.updateOne(
                        session, other, new BsonDocument("$inc", new BsonDocument("counted", new BsonInt32(1))));
                return collection.updateOne(
                        session, byId, new BsonDocument("$unset", new BsonDocument("price", new BsonString(""))));
            });
        }
    }

    @Override
    public void close() throws InterruptedException {
        goesOn = false;
        thread.join();
    }
}

package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoDatabase;
import io.flywatch.runner.step.CreateCollection;
import io.flywatch.runner.step.CreateIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/** Makes collections and indexes. One that is there with the same definition is fine, with another it is a failure. */
final class Definitions {
    private static final int EXISTS = 48;

    private Definitions() {}

    static void create(MongoDatabase database, CreateCollection step) {
        if (!check(database, step)) {
            create(database, step.collection(), step.options());
        }
    }

    /** Whether it is there already; throws if it is another one. */
    static boolean check(MongoDatabase database, CreateCollection step) {
        Optional<BsonDocument> there = collection(database, step.collection());
        there.ifPresent(it -> SameAs.check(step, it));
        return there.isPresent();
    }

    static void create(MongoDatabase database, String name, BsonDocument options) {
        BsonDocument command = new BsonDocument("create", new BsonString(name));
        command.putAll(options);
        try {
            run(database, command);
        } catch (MongoCommandException e) {
            if (e.getErrorCode() != EXISTS) {
                throw e;
            }
        }
    }

    /** Throws if there is another index of that name. */
    static void check(MongoDatabase database, CreateIndex step) {
        indexes(database, step.collection()).stream()
                .filter(it -> it.getString("name").getValue().equals(step.indexName()))
                .forEach(it -> SameAs.check(step, it));
    }

    static void create(MongoDatabase database, CreateIndex step) {
        check(database, step);
        // Also if it is there: it may be in the making still, and then this waits for its end.
        BsonDocument index = new BsonDocument("key", step.keys()).append("name", new BsonString(step.indexName()));
        index.putAll(step.options());
        run(
                database,
                new BsonDocument("createIndexes", new BsonString(step.collection()))
                        .append("indexes", new BsonArray(List.of(index))));
    }

    /**
     * Runs a command that may be repeated, on a majority: else a new primary might not have what a checkpoint says is done. What is done
     * and not yet on a majority is thrown as an error, too.
     */
    static void run(MongoDatabase database, BsonDocument command) {
        BsonDocument onMajority = command.clone();
        onMajority.putIfAbsent("writeConcern", WriteConcern.MAJORITY.asDocument());
        BsonDocument answer = database.runCommand(onMajority, BsonDocument.class);
        if (answer.isDocument("writeConcernError")) {
            BsonDocument error = answer.getDocument("writeConcernError");
            throw new MongoException(
                    error.getNumber("code", new BsonInt32(-1)).intValue(),
                    error.getString("errmsg", new BsonString("no majority has it"))
                            .getValue());
        }
    }

    static Optional<BsonDocument> collection(MongoDatabase database, String name) {
        return Optional.ofNullable(database
                .listCollections(BsonDocument.class)
                .filter(new BsonDocument("name", new BsonString(name)))
                .into(new ArrayList<>())
                .stream()
                .filter(it -> it.getString("name").getValue().equals(name))
                .findFirst()
                .orElse(null));
    }

    static List<BsonDocument> indexes(MongoDatabase database, String collection) {
        return collection(database, collection).isEmpty()
                ? List.of()
                : database.getCollection(collection)
                        .listIndexes(BsonDocument.class)
                        .into(new ArrayList<>());
    }
}

package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoDatabase;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.step.CreateCollection;
import io.flywatch.runner.step.CreateIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

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
        // Some servers don't tell the options that a collection was made with.
        there.map(it -> it.getDocument("options", new BsonDocument()))
                .filter(it -> !it.isEmpty())
                .ifPresent(it -> compare("collection " + step.collection(), step.options(), it));
        return there.isPresent();
    }

    static void create(MongoDatabase database, String name, BsonDocument options) {
        BsonDocument command = new BsonDocument("create", new BsonString(name));
        command.putAll(options);
        try {
            database.runCommand(command);
        } catch (MongoCommandException e) {
            if (e.getErrorCode() != EXISTS) {
                throw e;
            }
        }
    }

    /** Throws if there is another index of that name. */
    static void check(MongoDatabase database, CreateIndex step) {
        String what = "index " + step.collection() + "." + step.indexName();
        indexes(database, step.collection()).stream()
                .filter(it -> it.getString("name").getValue().equals(step.indexName()))
                .forEach(it -> {
                    if (!sameKeys(it.getDocument("key"), step.keys())) {
                        throw other(
                                what, "its keys are " + it.getDocument("key").toJson());
                    }
                    compare(what, step.options(), it);
                });
    }

    static void create(MongoDatabase database, CreateIndex step) {
        check(database, step);
        // Also if it is there: it may be in the making still, and then this waits for its end.
        BsonDocument index = new BsonDocument("key", step.keys()).append("name", new BsonString(step.indexName()));
        index.putAll(step.options());
        database.runCommand(new BsonDocument("createIndexes", new BsonString(step.collection()))
                .append("indexes", new BsonArray(List.of(index))));
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

    private static boolean sameKeys(BsonDocument there, BsonDocument asked) {
        List<Map.Entry<String, BsonValue>> mine = List.copyOf(there.entrySet());
        List<Map.Entry<String, BsonValue>> theirs = List.copyOf(asked.entrySet());
        if (mine.size() != theirs.size()) {
            return false;
        }
        for (int i = 0; i < mine.size(); i++) {
            if (!mine.get(i).getKey().equals(theirs.get(i).getKey())
                    || !same(mine.get(i).getValue(), theirs.get(i).getValue())) {
                return false;
            }
        }
        return true;
    }

    private static void compare(String what, BsonDocument asked, BsonDocument there) {
        asked.forEach((key, value) -> {
            BsonValue actual = there.get(key);
            boolean absent =
                    actual == null && value.isBoolean() && !value.asBoolean().getValue();
            if (!absent && (actual == null || !same(actual, value))) {
                throw other(
                        what, "its " + key + " is " + (actual == null ? "not set" : actual) + " instead of " + value);
            }
        });
    }

    /** Numbers of different widths are the same number; servers add defaults inside of documents, so what is asked must be in. */
    private static boolean same(BsonValue actual, BsonValue asked) {
        if (actual.isNumber() && asked.isNumber()) {
            return actual.asNumber().doubleValue() == asked.asNumber().doubleValue();
        }
        if (actual.isDocument() && asked.isDocument()) {
            return asked.asDocument().entrySet().stream().allMatch(it -> {
                BsonValue value = actual.asDocument().get(it.getKey());
                return value != null && same(value, it.getValue());
            });
        }
        return actual.equals(asked);
    }

    private static RunFailure other(String what, String difference) {
        return new RunFailure(
                FailureType.REFUSED,
                "The %s is there already, with another definition: %s. Drop it, or declare it as it is."
                        .formatted(what, difference));
    }
}

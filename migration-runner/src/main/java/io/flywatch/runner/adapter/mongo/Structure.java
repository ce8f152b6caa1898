package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoDatabase;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.step.DropCollection;
import io.flywatch.runner.step.DropIndex;
import io.flywatch.runner.step.RenameCollection;
import io.flywatch.runner.step.SetValidator;
import java.util.Locale;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** Drops, renames and restricts. What is as it is to be already was done before a runner was lost, and is fine. */
final class Structure {
    private static final int NAMESPACE_NOT_FOUND = 26;
    private static final int INDEX_NOT_FOUND = 27;
    private static final int UNKNOWN_COMMAND = 59;

    private Structure() {}

    static void drop(MongoDatabase database, DropCollection step) {
        database.getCollection(step.collection()).drop();
    }

    static void rename(MongoDatabase database, RenameCollection step) {
        boolean from = Definitions.collection(database, step.collection()).isPresent();
        boolean to = Definitions.collection(database, step.to()).isPresent();
        if (from && to) {
            throw refused("There is a collection %s already, beside %s. Drop one of the two, or choose another name."
                    .formatted(step.to(), step.collection()));
        }
        if (!from && !to) {
            throw refused(
                    "There is no collection %s, and no %s. Correct the name.".formatted(step.collection(), step.to()));
        }
        if (from) {
            database.getCollection(step.collection())
                    .renameCollection(new MongoNamespace(database.getName(), step.to()));
        }
    }

    static void drop(MongoDatabase database, DropIndex step) {
        boolean there = Definitions.indexes(database, step.collection()).stream()
                .anyMatch(it -> it.getString("name").getValue().equals(step.indexName()));
        if (!there) {
            return;
        }
        try {
            database.getCollection(step.collection()).dropIndex(step.indexName());
        } catch (MongoCommandException e) {
            if (e.getErrorCode() != INDEX_NOT_FOUND && e.getErrorCode() != NAMESPACE_NOT_FOUND) {
                throw e;
            }
        }
    }

    static void restrict(MongoDatabase database, SetValidator step) {
        BsonDocument command = new BsonDocument("collMod", new BsonString(step.collection()))
                .append("validator", step.validator())
                .append("validationLevel", word(step.level()))
                .append("validationAction", word(step.reaction()));
        try {
            Definitions.run(database, command);
        } catch (MongoCommandException e) {
            if (e.getErrorCode() == UNKNOWN_COMMAND || e.getErrorMessage().contains("no such cmd")) {
                throw new RunFailure(
                        FailureType.UNSUPPORTED,
                        "This server can't change the validator of a collection (it does not know collMod). Give it when the collection is created: createCollection with options: { validator: … }.",
                        e);
            }
            throw e;
        }
    }

    private static BsonString word(Enum<?> value) {
        return new BsonString(value.name().toLowerCase(Locale.ROOT));
    }

    private static RunFailure refused(String message) {
        return new RunFailure(FailureType.REFUSED, message);
    }
}

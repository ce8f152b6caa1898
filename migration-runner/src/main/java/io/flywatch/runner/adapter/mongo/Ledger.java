package io.flywatch.runner.adapter.mongo;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.UpdateOptions;
import io.flywatch.runner.changeset.ChangeSet;
import io.flywatch.runner.changeset.Version;
import io.flywatch.runner.ledger.Entry;
import io.flywatch.runner.run.Suspended;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;

/** The ledger of one migration: a document for each change set that was begun. */
final class Ledger {
    private final Books books;
    private final String migrationId;

    Ledger(Books books, String migrationId) {
        this.books = books;
        this.migrationId = migrationId;
    }

    List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (BsonDocument it : books.ledger().find(new BsonDocument("migration", new BsonString(migrationId)))) {
            String version = it.getString("version").getValue();
            entries.add(new Entry(
                    new Version(version),
                    it.getString("state").getValue().equals("applied"),
                    it.getString("checksum").getValue(),
                    begunSteps(version)));
        }
        return entries;
    }

    private Map<Integer, String> begunSteps(String version) {
        Map<Integer, String> begun = new HashMap<>();
        BsonDocument ofVersion =
                new BsonDocument("migration", new BsonString(migrationId)).append("version", new BsonString(version));
        for (BsonDocument it : books.checkpoints().find(ofVersion)) {
            if (isWritten(it)) {
                begun.put(
                        it.getNumber("step").intValue(),
                        it.getString("checksum").getValue());
            }
        }
        return begun;
    }

    /** Whether documents may have been changed by a step. One that was refused before that may be corrected. */
    private boolean isWritten(BsonDocument checkpoint) {
        if (checkpoint.getBoolean("done").getValue()
                || checkpoint.getInt64("next").getValue() > 0) {
            return true;
        }
        String first = StepKey.batchId(checkpoint.getString("_id").getValue(), 0);
        return books.batches()
                        .find(new BsonDocument("_id", new BsonString(first)))
                        .first()
                != null;
    }

    /** The change set is begun, or goes on. */
    void begin(ChangeSet changeSet, String run, long token, Instant now) {
        BsonDocument begun = new BsonDocument("migration", new BsonString(migrationId))
                .append("version", new BsonString(changeSet.version().text()))
                .append("startedAt", new BsonDateTime(now.toEpochMilli()));
        BsonDocument current = content(changeSet, run)
                .append("state", new BsonString("applying"))
                .append("token", new BsonInt64(token));
        BsonDocument notNewer =
                key(changeSet).append("token", new BsonDocument("$not", new BsonDocument("$gt", new BsonInt64(token))));
        try {
            books.ledger()
                    .updateOne(
                            notNewer,
                            new BsonDocument("$setOnInsert", begun).append("$set", current),
                            new UpdateOptions().upsert(true));
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
                throw new Suspended("another runner has taken over the migration", e);
            }
            throw e;
        }
    }

    /** All of the change set is done. */
    void applied(ChangeSet changeSet, String run, long token, long documents, Instant now) {
        BsonDocument applied = content(changeSet, run)
                .append("state", new BsonString("applied"))
                .append("appliedAt", new BsonDateTime(now.toEpochMilli()))
                .append("documents", new BsonInt64(documents));
        BsonDocument mine = key(changeSet).append("token", new BsonInt64(token));
        if (books.ledger().updateOne(mine, new BsonDocument("$set", applied)).getMatchedCount() != 1) {
            throw new Suspended("another runner has taken over the migration");
        }
    }

    private static BsonDocument content(ChangeSet changeSet, String run) {
        return new BsonDocument("checksum", new BsonString(changeSet.checksum()))
                .append("description", new BsonString(changeSet.description()))
                .append("run", new BsonString(run));
    }

    private BsonDocument key(ChangeSet changeSet) {
        BsonValue id = new BsonString(migrationId + "/" + changeSet.version().text());
        return new BsonDocument("_id", id);
    }
}

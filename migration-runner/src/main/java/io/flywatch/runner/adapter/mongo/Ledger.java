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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonBoolean;
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
        Begun begun = new Begun(new HashMap<>(), new HashMap<>());
        books.checkpoints().find(ofMigration()).forEach(it -> read(it, begun));
        List<Entry> entries = new ArrayList<>();
        for (BsonDocument it : books.ledger().find(ofMigration())) {
            Version version = new Version(it.getString("version").getValue());
            Entry.State state = Entry.State.of(it.getString("state").getValue());
            entries.add(new Entry(
                    version,
                    state,
                    it.getString("checksum").getValue(),
                    it.getString("run", new BsonString("")).getValue(),
                    state == Entry.State.APPLIED
                            || it.getBoolean("whole", BsonBoolean.FALSE).getValue(),
                    begun.written.getOrDefault(version, Map.of()),
                    begun.touched.getOrDefault(version, Set.of())));
        }
        return entries;
    }

    /** The steps that have a checkpoint, and the checksums of those that may have changed documents. */
    private record Begun(Map<Version, Map<Integer, String>> written, Map<Version, Set<Integer>> touched) {}

    private void read(BsonDocument checkpoint, Begun begun) {
        if (checkpoint.getBoolean("undo", BsonBoolean.FALSE).getValue()) {
            return;
        }
        Version version = new Version(checkpoint.getString("version").getValue());
        int place = checkpoint.getNumber("step").intValue();
        begun.touched.computeIfAbsent(version, it -> new HashSet<>()).add(place);
        if (isWritten(checkpoint)) {
            begun.written
                    .computeIfAbsent(version, it -> new HashMap<>())
                    .put(place, checkpoint.getString("checksum").getValue());
        }
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
                .append("state", new BsonString(Entry.State.APPLYING.label()))
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
                throw overtaken();
            }
            throw e;
        }
    }

    /** All of the change set is done. */
    void applied(ChangeSet changeSet, String run, long token, long documents, Instant now) {
        set(
                changeSet,
                token,
                content(changeSet, run)
                        .append("state", new BsonString(Entry.State.APPLIED.label()))
                        .append("whole", BsonBoolean.TRUE)
                        .append("appliedAt", new BsonDateTime(now.toEpochMilli()))
                        .append("documents", new BsonInt64(documents)));
    }

    /** It failed: the first failure of a run stays, whatever comes after it; that of a rollback stands beside it. */
    void failed(ChangeSet changeSet, long token, boolean isRollback, String run, String why, Instant now) {
        String field = isRollback ? "rollbackFailure" : "failure";
        BsonDocument mine = key(changeSet)
                .append("token", new BsonInt64(token))
                .append(field + ".run", new BsonDocument("$ne", new BsonString(run)));
        BsonDocument failure = new BsonDocument("run", new BsonString(run))
                .append("message", new BsonString(why))
                .append("at", new BsonDateTime(now.toEpochMilli()));
        books.ledger().updateOne(mine, new BsonDocument("$set", new BsonDocument(field, failure)));
    }

    /** It is being rolled back, or goes on being so. */
    void rollingBack(ChangeSet changeSet, Entry entry, String run, long token) {
        BsonDocument notNewer =
                key(changeSet).append("token", new BsonDocument("$not", new BsonDocument("$gt", new BsonInt64(token))));
        BsonDocument current = new BsonDocument("state", new BsonString(Entry.State.ROLLING_BACK.label()))
                .append("whole", BsonBoolean.valueOf(entry.whole()))
                .append("rollbackRun", new BsonString(run))
                .append("token", new BsonInt64(token));
        if (books.ledger()
                        .updateOne(notNewer, new BsonDocument("$set", current))
                        .getMatchedCount()
                != 1) {
            throw overtaken();
        }
    }

    /** All of it is undone. */
    void rolledBack(ChangeSet changeSet, long token, Instant now) {
        set(
                changeSet,
                token,
                new BsonDocument("state", new BsonString(Entry.State.ROLLED_BACK.label()))
                        .append("whole", BsonBoolean.FALSE)
                        .append("rolledBackAt", new BsonDateTime(now.toEpochMilli())));
    }

    private void set(ChangeSet changeSet, long token, BsonDocument set) {
        BsonDocument mine = key(changeSet).append("token", new BsonInt64(token));
        if (books.ledger().updateOne(mine, new BsonDocument("$set", set)).getMatchedCount() != 1) {
            throw overtaken();
        }
    }

    private BsonDocument ofMigration() {
        return new BsonDocument("migration", new BsonString(migrationId));
    }

    private static BsonDocument content(ChangeSet changeSet, String run) {
        return new BsonDocument("checksum", new BsonString(changeSet.checksum()))
                .append("description", new BsonString(changeSet.description()))
                .append("run", new BsonString(run));
    }

    private BsonDocument key(ChangeSet changeSet) {
        BsonValue id = new BsonString(migrationId + "/" + changeSet.version().canonical());
        return new BsonDocument("_id", id);
    }

    private static Suspended overtaken() {
        return new Suspended("another runner has taken over the migration");
    }
}

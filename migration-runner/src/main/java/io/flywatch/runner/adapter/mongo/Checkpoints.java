package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteManyModel;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import io.flywatch.runner.batch.Batch;
import io.flywatch.runner.batch.IdType;
import io.flywatch.runner.batch.Lane;
import io.flywatch.runner.changeset.Version;
import io.flywatch.runner.ledger.Entry;
import io.flywatch.runner.run.Suspended;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * How far each step is, in the migrated database. A checkpoint carries the token of the runner that works on its step: every move
 * asks for that token, so that a runner that was overtaken can't move it.
 */
final class Checkpoints {
    private static final int DUPLICATE = 11_000;

    private final Books books;
    private final String migrationId;
    private final long token;

    Checkpoints(Books books, String migrationId, long token) {
        this.books = books;
        this.migrationId = migrationId;
        this.token = token;
    }

    /**
     * A step's checkpoint.
     *
     * @param next the number of the next batch
     * @param cursors the last id of the walk, by type
     * @param documents changed so far
     * @param total how many there were to be changed when the step began; null if that is not known
     * @param walked whether the first pass is done
     * @param sent whether something that must not be repeated may have been sent
     * @param lanes what several workers walk; empty as long as that isn't planned
     * @param position what a Java change keeps
     */
    record Point(
            long next,
            BsonDocument cursors,
            long documents,
            @Nullable Long total,
            boolean walked,
            boolean done,
            boolean sent,
            List<Lane> lanes,
            @Nullable BsonDocument position) {
        @Nullable
        BsonValue after(IdType type) {
            return cursors.get(type.name());
        }

        /** After one more batch. */
        Point moved(Batch batch, long changed) {
            BsonDocument further = cursors;
            if (batch.isWalk()) {
                further = cursors.clone();
                further.put(batch.type().name(), batch.last());
            }
            return new Point(
                    batch.number() + 1, further, documents + changed, total, walked, done, sent, lanes, position);
        }

        static Point read(BsonDocument kept) {
            return new Point(
                    kept.getInt64("next").getValue(),
                    kept.getDocument("cursors"),
                    kept.getInt64("documents").getValue(),
                    kept.containsKey("total")
                            ? Long.valueOf(kept.getInt64("total").getValue())
                            : null,
                    kept.getBoolean("walked").getValue(),
                    kept.getBoolean("done").getValue(),
                    kept.getBoolean("sent", BsonBoolean.FALSE).getValue(),
                    kept.getArray("lanes", new BsonArray()).stream()
                            .map(it -> Lane.of(it.asDocument()))
                            .toList(),
                    kept.getDocument("position", null));
        }
    }

    /** The step is ours from now on; it begins, or goes on where it stood. */
    Point begin(StepKey key) {
        BsonDocument fresh = new BsonDocument("migration", new BsonString(migrationId))
                .append("version", new BsonString(key.version().text()))
                .append("step", new BsonInt32(key.place()))
                .append("undo", BsonBoolean.valueOf(key.isUndo()))
                .append("next", new BsonInt64(0))
                .append("cursors", new BsonDocument())
                .append("documents", new BsonInt64(0))
                .append("walked", BsonBoolean.FALSE)
                .append("done", BsonBoolean.FALSE);
        BsonDocument mine = new BsonDocument("token", new BsonInt64(token))
                .append("checksum", new BsonString(key.step().checksum()));
        BsonDocument notNewer =
                id(key).append("token", new BsonDocument("$not", new BsonDocument("$gt", new BsonInt64(token))));
        try {
            BsonDocument there = books.checkpoints()
                    .findOneAndUpdate(
                            notNewer,
                            new BsonDocument("$setOnInsert", fresh).append("$set", mine),
                            new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER));
            return Point.read(Objects.requireNonNull(there, "an upsert answers the document"));
        } catch (MongoCommandException e) {
            if (e.getErrorCode() == DUPLICATE) {
                throw overtaken();
            }
            throw e;
        }
    }

    /** Reads it, and makes sure that it is still ours. */
    Point read(StepKey key, @Nullable ClientSession session) {
        MongoCollection<BsonDocument> all = books.checkpoints();
        BsonDocument there = (session == null ? all.find(id(key)) : all.find(session, id(key))).first();
        if (there == null || there.getInt64("token").getValue() != token) {
            throw overtaken();
        }
        return Point.read(there);
    }

    /** Whether it was begun and is not done, by whatever runners. */
    boolean isPartlyDone(StepKey key) {
        BsonDocument there = books.checkpoints().find(id(key)).first();
        return there != null && !Point.read(there).done();
    }

    /** A batch is done. Repeating it changes nothing. */
    void move(StepKey key, Batch batch, long documents) {
        long matched = books.checkpoints()
                .updateOne(at(key, batch), moving(batch, documents))
                .getMatchedCount();
        if (matched != 1 && read(key, null).next() <= batch.number()) {
            throw overtaken();
        }
    }

    /**
     * A batch is done within a transaction.
     *
     * @throws Elsewhere if the checkpoint is not where it was believed to be, or not ours any more
     */
    void moveFrom(Point point, StepKey key, Batch batch, long documents, ClientSession session) {
        if (point.next() != batch.number()
                || books.checkpoints()
                                .updateOne(session, at(key, batch), moving(batch, documents))
                                .getMatchedCount()
                        != 1) {
            throw new Elsewhere();
        }
    }

    private BsonDocument at(StepKey key, Batch batch) {
        return mine(key).append("next", new BsonInt64(batch.number()));
    }

    private static BsonDocument moving(Batch batch, long documents) {
        BsonDocument set = new BsonDocument("next", new BsonInt64(batch.number() + 1));
        if (batch.isWalk()) {
            set.append("cursors." + batch.type().name(), batch.last());
        }
        return new BsonDocument("$set", set).append("$inc", new BsonDocument("documents", new BsonInt64(documents)));
    }

    /** So many documents are to be changed. */
    void total(StepKey key, long total) {
        set(key, new BsonDocument("total", new BsonInt64(total)), null);
    }

    /** What several workers walk. */
    void lanes(StepKey key, List<Lane> lanes) {
        set(
                key,
                new BsonDocument(
                        "lanes", new BsonArray(lanes.stream().map(Lane::kept).toList())),
                null);
    }

    /** The first pass is done. */
    void walked(StepKey key) {
        set(key, new BsonDocument("walked", BsonBoolean.TRUE), null);
    }

    /** Something that must not be repeated is about to be sent, or was refused for sure. */
    void sent(StepKey key, boolean sent) {
        set(key, new BsonDocument("sent", BsonBoolean.valueOf(sent)), null);
    }

    /** Something is about to be read: whatever the session reads next is not older. */
    void looked(StepKey key, ClientSession session) {
        set(key, new BsonDocument("looked", BsonBoolean.TRUE), session);
    }

    /** How far a Java change is, as it says itself. */
    void position(StepKey key, BsonDocument position, @Nullable ClientSession session) {
        set(key, new BsonDocument("position", position), session);
    }

    /** The step is done, with so many documents in all where they were not counted batch by batch. */
    void done(StepKey key, @Nullable Long documents) {
        BsonDocument set = new BsonDocument("done", BsonBoolean.TRUE);
        if (documents != null) {
            set.append("documents", new BsonInt64(documents));
        }
        set(key, set, null);
    }

    /** The ledger knows all of these change sets: neither their batches nor their checkpoints are needed any more. */
    void forget(List<Version> versions) {
        List<DeleteManyModel<BsonDocument>> all = versions.stream()
                .map(it -> new DeleteManyModel<BsonDocument>(of(it)))
                .toList();
        BulkWriteOptions inAnyOrder = new BulkWriteOptions().ordered(false);
        books.batches().bulkWrite(all, inAnyOrder);
        books.checkpoints().bulkWrite(all, inAnyOrder);
    }

    private BsonDocument of(Version version) {
        String id = migrationId + "/" + version.canonical();
        return new BsonDocument(
                "_id", new BsonDocument("$gte", new BsonString(id + "/")).append("$lt", new BsonString(id + "0")));
    }

    /** Forgets what a lost runner could not forget any more; what is left would count as done when a change set is applied again. */
    void forgetLeftovers(List<Entry> ledger) {
        Set<Version> kept = new HashSet<>();
        books.checkpoints()
                .find(new BsonDocument("migration", new BsonString(migrationId)))
                .forEach(it -> kept.add(new Version(it.getString("version").getValue())));
        List<Version> settled = ledger.stream()
                .filter(it -> it.isApplied() || it.state() == Entry.State.ROLLED_BACK)
                .map(Entry::version)
                .filter(kept::contains)
                .toList();
        if (!settled.isEmpty()) {
            forget(settled);
        }
    }

    private void set(StepKey key, BsonDocument set, @Nullable ClientSession session) {
        MongoCollection<BsonDocument> all = books.checkpoints();
        BsonDocument change = new BsonDocument("$set", set);
        long matched = (session == null ? all.updateOne(mine(key), change) : all.updateOne(session, mine(key), change))
                .getMatchedCount();
        if (matched != 1) {
            throw overtaken();
        }
    }

    private BsonDocument mine(StepKey key) {
        return id(key).append("token", new BsonInt64(token));
    }

    private static BsonDocument id(StepKey key) {
        return new BsonDocument("_id", new BsonString(key.id()));
    }

    private static Suspended overtaken() {
        return new Suspended("another runner has taken over the migration");
    }

    /** The checkpoint is not where it was believed to be. */
    static final class Elsewhere extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Elsewhere() {
            super("the checkpoint has moved", null, false, false);
        }
    }
}

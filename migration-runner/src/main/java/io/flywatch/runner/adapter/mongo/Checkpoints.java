package io.flywatch.runner.adapter.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import io.flywatch.runner.batch.Batch;
import io.flywatch.runner.batch.IdType;
import io.flywatch.runner.run.Suspended;
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
     */
    record Point(
            long next,
            BsonDocument cursors,
            long documents,
            @Nullable Long total,
            boolean walked,
            boolean done) {
        @Nullable
        BsonValue after(IdType type) {
            return cursors.get(type.name());
        }
    }

    /** The step is ours from now on; it begins, or goes on where it stood. */
    Point begin(StepKey key) {
        MongoCollection<BsonDocument> all = books.checkpoints();
        BsonDocument mine = new BsonDocument(
                "$set",
                new BsonDocument("token", new BsonInt64(token))
                        .append("checksum", new BsonString(key.step().checksum())));
        BsonDocument notNewer = id(key).append("token", new BsonDocument("$lte", new BsonInt64(token)));
        BsonDocument there = all.find(id(key)).first();
        if (there == null) {
            all.insertOne(id(key).append("migration", new BsonString(migrationId))
                    .append("version", new BsonString(key.version().text()))
                    .append("step", new BsonInt32(key.place()))
                    .append("checksum", new BsonString(key.step().checksum()))
                    .append("token", new BsonInt64(token))
                    .append("next", new BsonInt64(0))
                    .append("cursors", new BsonDocument())
                    .append("documents", new BsonInt64(0))
                    .append("walked", BsonBoolean.FALSE)
                    .append("done", BsonBoolean.FALSE));
        } else if (all.updateOne(notNewer, mine).getMatchedCount() != 1) {
            throw overtaken();
        }
        return read(key, null);
    }

    /** Reads it, and makes sure that it is still ours. */
    Point read(StepKey key, @Nullable ClientSession session) {
        MongoCollection<BsonDocument> all = books.checkpoints();
        BsonDocument there = (session == null ? all.find(id(key)) : all.find(session, id(key))).first();
        if (there == null || there.getInt64("token").getValue() != token) {
            throw overtaken();
        }
        return new Point(
                there.getInt64("next").getValue(),
                there.getDocument("cursors"),
                there.getInt64("documents").getValue(),
                there.containsKey("total")
                        ? Long.valueOf(there.getInt64("total").getValue())
                        : null,
                there.getBoolean("walked").getValue(),
                there.getBoolean("done").getValue());
    }

    /** A batch is done. Repeating it changes nothing. */
    void move(StepKey key, Batch batch, long documents, @Nullable ClientSession session) {
        BsonDocument set = new BsonDocument("next", new BsonInt64(batch.number() + 1));
        if (batch.isWalk()) {
            set.append("cursors." + batch.type().name(), batch.last());
        }
        BsonDocument change =
                new BsonDocument("$set", set).append("$inc", new BsonDocument("documents", new BsonInt64(documents)));
        BsonDocument here = mine(key).append("next", new BsonInt64(batch.number()));
        MongoCollection<BsonDocument> all = books.checkpoints();
        long matched = (session == null ? all.updateOne(here, change) : all.updateOne(session, here, change))
                .getMatchedCount();
        if (matched != 1 && read(key, session).next() <= batch.number()) {
            throw overtaken();
        }
    }

    /** So many documents are to be changed. */
    void total(StepKey key, long total) {
        set(key, new BsonDocument("total", new BsonInt64(total)));
    }

    /** The first pass is done. */
    void walked(StepKey key) {
        set(key, new BsonDocument("walked", BsonBoolean.TRUE));
    }

    /** The step is done, with so many documents in all where they were not counted batch by batch. */
    void done(StepKey key, @Nullable Long documents) {
        BsonDocument set = new BsonDocument("done", BsonBoolean.TRUE);
        if (documents != null) {
            set.append("documents", new BsonInt64(documents));
        }
        set(key, set);
    }

    /** The change set is in the ledger as a whole: its checkpoints are not needed any more. */
    void forget(String version) {
        books.checkpoints()
                .deleteMany(new BsonDocument("migration", new BsonString(migrationId))
                        .append("version", new BsonString(version)));
    }

    private void set(StepKey key, BsonDocument set) {
        if (books.checkpoints()
                        .updateOne(mine(key), new BsonDocument("$set", set))
                        .getMatchedCount()
                != 1) {
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
}

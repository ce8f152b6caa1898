package io.flywatch.runner.adapter.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import io.flywatch.runner.batch.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** The batches of one step, kept until the step is done: which documents were changed, so that none is changed again. */
final class Batches {
    private static final int PAGE = 10;

    private final MongoCollection<BsonDocument> all;
    private final StepKey key;

    Batches(Books books, StepKey key) {
        this.all = books.batches();
        this.key = key;
    }

    /** How far a batch is. */
    enum State {
        /** Its documents are known; some may be changed, and all are as soon as the checkpoint is past it. */
        PENDING,
        /** Its documents are changed: not all that it was begun with. */
        APPLIED,
        /** It was done as a whole. */
        CLEAN
    }

    /** A batch as it is kept. */
    record Kept(Batch batch, State state, long documents) {}

    void insert(Batch batch, State state, long documents, @Nullable ClientSession session) {
        BsonDocument kept = id(batch.number())
                .append("number", new BsonInt64(batch.number()))
                .append("after", batch.after() == null ? new BsonDocument() : new BsonDocument("id", batch.after()))
                .append("last", batch.last())
                .append("ids", new BsonArray(batch.ids()))
                .append("of", batch.of() == null ? BsonNull.VALUE : new BsonInt64(batch.of()))
                .append("state", new BsonString(state.name()))
                .append("documents", new BsonInt64(documents));
        if (session == null) {
            all.insertOne(kept);
        } else {
            all.insertOne(session, kept);
        }
    }

    /** The batch's documents are changed: these, and no other. */
    void applied(Batch batch) {
        BsonDocument set = new BsonDocument("state", new BsonString(State.APPLIED.name()))
                .append("ids", new BsonArray(batch.ids()))
                .append("documents", size(batch));
        all.updateOne(id(batch.number()), new BsonDocument("$set", set));
    }

    private static BsonInt64 size(Batch batch) {
        return new BsonInt64(batch.ids().size());
    }

    Optional<Kept> find(long number) {
        return Optional.ofNullable(all.find(id(number)).first()).map(Batches::read);
    }

    /** Whether a batch before this checkpoint, or at it, may have left marks; one that was done in a transaction has none. */
    boolean isMarked(long next) {
        BsonArray last = new BsonArray(
                List.of(new BsonString(key.batchId(next)), new BsonString(key.batchId(Math.max(0, next - 1)))));
        BsonDocument marked = new BsonDocument("_id", new BsonDocument("$in", last))
                .append("state", new BsonDocument("$ne", new BsonString(State.CLEAN.name())));
        return all.find(marked).first() != null;
    }

    /** The batches of the walk with numbers from one up to below another, in order. */
    List<Batch> walk(long from, long below) {
        BsonDocument between = new BsonDocument(
                        "_id",
                        new BsonDocument("$gte", new BsonString(key.batchId(from)))
                                .append("$lt", new BsonString(key.batchId(below))))
                .append("of", BsonNull.VALUE);
        return all.find(between)
                .sort(new BsonDocument("_id", new BsonInt32(1)))
                .map(it -> read(it).batch())
                .into(new ArrayList<>());
    }

    /** The next batches of the step, of whatever lane, as they are kept: by their ids. */
    List<BsonDocument> keptAfter(String id) {
        BsonDocument next = key.below();
        next.getDocument("_id").append("$gt", new BsonString(id)).remove("$gte");
        return all.find(next)
                .sort(new BsonDocument("_id", new BsonInt64(1)))
                .limit(PAGE)
                .into(new ArrayList<>());
    }

    /** A batch and those that were found in its range later. */
    List<Batch> family(Batch batch) {
        BsonDocument later = key.below().append("of", new BsonInt64(batch.number()));
        List<Batch> family = new ArrayList<>();
        family.add(batch);
        all.find(later).forEach(it -> family.add(read(it).batch()));
        return family;
    }

    void remove(Batch batch) {
        all.deleteOne(id(batch.number()));
    }

    void forget() {
        all.deleteMany(key.below());
    }

    static Kept read(BsonDocument kept) {
        BsonDocument after = kept.getDocument("after");
        BsonValue of = kept.get("of");
        Batch batch = new Batch(
                kept.getInt64("number").getValue(),
                after.isEmpty() ? null : after.get("id"),
                Objects.requireNonNull(kept.get("last"), "a batch has an end"),
                kept.getArray("ids").getValues(),
                of == null || of.isNull() ? null : Long.valueOf(of.asInt64().getValue()));
        State state = State.valueOf(kept.getString("state").getValue());
        return new Kept(batch, state, kept.getInt64("documents").getValue());
    }

    private BsonDocument id(long number) {
        return new BsonDocument("_id", new BsonString(key.batchId(number)));
    }
}

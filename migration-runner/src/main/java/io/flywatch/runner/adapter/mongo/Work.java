package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.result.UpdateResult;
import io.flywatch.runner.batch.Batch;
import io.flywatch.runner.batch.IdType;
import io.flywatch.runner.batch.Lane;
import io.flywatch.runner.batch.Pace;
import io.flywatch.runner.step.Batched;
import io.flywatch.runner.step.Change;
import io.flywatch.runner.step.Delete;
import io.flywatch.runner.step.Pacing;
import io.flywatch.runner.step.Update;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
import org.bson.BsonArray;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.codecs.BsonValueCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What both ways need of one walk.
 *
 * @param trying the batch that is at work
 * @param since when its change began, by the clock of {@link System#nanoTime()}; looking for documents is not part of it
 */
record Work(
        Desk desk,
        StepKey key,
        Batched step,
        Lane lane,
        Batches batches,
        Pace pace,
        AtomicReference<@Nullable Batch> trying,
        AtomicLong since) {
    /** What a batch notes of its documents stays well below the limit of one document. */
    private static final int MOST_BYTES_OF_IDS = 2_000_000;

    private static final int SMALL_ID = 64;
    private static final Duration LOOK = Duration.ofMillis(100);

    /** Whole documents were to be sorted by their ids, as an index of the filter was used: OperationFailed of older servers, and its own. */
    private static final Set<Integer> SORT_TOO_LARGE = Set.of(96, 292);

    static Work of(Desk desk, StepKey key, Batched step, Lane lane) {
        Pace pace = new Pace(step.pacing().batchSize(), step.pacing().targetLatency());
        return new Work(
                desk,
                key,
                step,
                lane,
                new Batches(desk.books(), key),
                pace,
                new AtomicReference<>(),
                new AtomicLong(System.nanoTime()));
    }

    MongoCollection<BsonDocument> documents() {
        return desk.books().collection(step.collection());
    }

    /** A change that was sent before the line was lost may not come after what is done now. */
    void awaitSent() {
        StillAtWork.on(
                        desk.client().getDatabase("admin"),
                        documents().getNamespace().getFullName())
                .await(() -> {
                    Cancelled.check(desk.journal());
                    desk.progress().waits("waiting: the server is still at work on what it was sent before");
                    desk.journal().pause(LOOK);
                });
    }

    Checkpoints.Point point(@Nullable ClientSession session) {
        return desk.checkpoints().read(key, session);
    }

    /** Those that match the filter, too. The ids stand in front, where each server finds the index for them. */
    BsonDocument matching(BsonDocument ids, BsonDocument... conditions) {
        BsonArray all = new BsonArray(new ArrayList<>(List.of(conditions)));
        if (!step.filter().isEmpty()) {
            all.add(step.filter());
        }
        return all.isEmpty() ? ids : ids.clone().append("$and", all);
    }

    /** The next ids of the walk, so many at most. */
    List<BsonValue> nextIds(IdType type, @Nullable BsonValue after, int most) {
        return limited(ids(lane.range(type, after), most));
    }

    /** Those of the documents that match still. */
    List<BsonValue> those(List<BsonValue> ids, ClientSession session) {
        return ids(documents().find(session, matching(Batch.in(ids))), Pacing.MAX_BATCH_SIZE);
    }

    /** The ids in the range of a batch that are in none of its family. */
    List<BsonValue> lateIds(Batch batch) {
        List<Batch> family = batches.family(batch);
        int known = family.stream().mapToInt(it -> it.ids().size()).sum();
        List<BsonValue> late = Batch.late(ids(batch.range(), known + pace.size()), family);
        return limited(late.subList(0, Math.min(late.size(), pace.size())));
    }

    /** Whether there are ids in the ranges of these batches, which join each other, that are in none of them. */
    boolean hasLate(List<Batch> joining) {
        int known = joining.stream().mapToInt(it -> it.ids().size()).sum();
        return !Batch.late(ids(Batch.join(joining).range(), known + 1), joining).isEmpty();
    }

    private List<BsonValue> ids(BsonDocument range, int most) {
        BsonDocument filter = matching(range);
        try {
            return ids(documents().find(filter).limit(most), most);
        } catch (MongoException e) {
            if (!SORT_TOO_LARGE.contains(e.getCode())) {
                throw e;
            }
            BsonDocument byId = new BsonDocument("_id", new BsonInt32(1));
            return ids(documents().find(filter).hint(byId).limit(most), most);
        }
    }

    private static List<BsonValue> ids(FindIterable<BsonDocument> found, int most) {
        return found.projection(new BsonDocument("_id", new BsonInt32(1)))
                .sort(new BsonDocument("_id", new BsonInt32(1)))
                .batchSize(most + 1)
                .map(it -> it.get("_id"))
                .into(new ArrayList<>());
    }

    /** Ids may be long texts. */
    private static List<BsonValue> limited(List<BsonValue> ids) {
        long bytes = 0;
        for (int i = 0; i < ids.size(); i++) {
            bytes += bytes(ids.get(i));
            if (bytes > MOST_BYTES_OF_IDS && i > 0) {
                return ids.subList(0, i);
            }
        }
        return ids;
    }

    private static long bytes(BsonValue id) {
        if (id.isString()) {
            return 3L * id.asString().getValue().length() + SMALL_ID;
        }
        if (!id.isDocument() && !id.isBinary()) {
            return SMALL_ID;
        }
        try (BasicOutputBuffer out = new BasicOutputBuffer();
                BsonBinaryWriter writer = new BsonBinaryWriter(out)) {
            writer.writeStartDocument();
            writer.writeName("_");
            new BsonValueCodec().encode(writer, id, EncoderContext.builder().build());
            writer.writeEndDocument();
            return out.getPosition() + SMALL_ID;
        }
    }

    /**
     * What a change came to.
     *
     * @param matched how many documents it was about
     * @param modified how many of them are not as they were
     */
    record Changed(long matched, long modified) {}

    /** Changes what matches. */
    Changed change(BsonDocument filter, ClientSession session) {
        return switch (step) {
            case Update update -> {
                UpdateResult result = switch (update.change()) {
                    case Change.Operators it -> documents().updateMany(session, filter, it.update());
                    case Change.Pipeline it -> documents().updateMany(session, filter, it.stages());
                };
                yield new Changed(result.getMatchedCount(), result.getModifiedCount());
            }
            case Delete delete -> {
                long deleted = documents().deleteMany(session, filter).getDeletedCount();
                yield new Changed(deleted, deleted);
            }
        };
    }

    /**
     * Sends a change that the server itself takes for nothing once the lease has run out, however long this process stood still before
     * it was sent; again, if it is not certain that it came in time.
     *
     * @param change sends it with a filter, and answers how many documents it changed; repeating it changes no document twice
     */
    long fenced(BsonDocument filter, ToLongFunction<BsonDocument> change) {
        if (!desk.abilities().clock()) {
            desk.lease().check();
            return change.applyAsLong(filter);
        }
        long changed = 0;
        Lease.Fence fence;
        do {
            fence = desk.lease().fence();
            changed += change.applyAsLong(fence.before(filter));
        } while (!fence.holds());
        return changed;
    }

    /** Whether what was changed must be remembered, as it may match again. */
    boolean remembers() {
        return step instanceof Update;
    }
}

package io.flywatch.runner.adapter.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.result.UpdateResult;
import io.flywatch.runner.batch.Batch;
import io.flywatch.runner.batch.IdType;
import io.flywatch.runner.batch.Pace;
import io.flywatch.runner.step.Change;
import io.flywatch.runner.step.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What both ways need of one update.
 *
 * @param changed is told of each batch's documents when they are safe
 */
record Work(
        Books books,
        StepKey key,
        Update update,
        Checkpoints checkpoints,
        Batches batches,
        Lease lease,
        Faults faults,
        Pace pace,
        LongConsumer changed) {

    MongoCollection<BsonDocument> documents() {
        return books.collection(update.collection());
    }

    /** Those that match the filter, too. The ids stand in front, where each server finds the index for them. */
    BsonDocument matching(BsonDocument ids, BsonDocument... conditions) {
        BsonArray all = new BsonArray(new ArrayList<>(List.of(conditions)));
        if (!update.filter().isEmpty()) {
            all.add(update.filter());
        }
        return all.isEmpty() ? ids : ids.clone().append("$and", all);
    }

    /** The next ids of the walk, as many as make a batch. */
    List<BsonValue> nextIds(IdType type, @Nullable BsonValue after, @Nullable ClientSession session) {
        return ids(after == null ? type.all() : type.after(after), pace.size(), session);
    }

    /** The ids in the range of a batch that are in none of its family. */
    List<BsonValue> lateIds(Batch batch, @Nullable ClientSession session) {
        List<Batch> family = batches.family(batch, session);
        int known = family.stream().mapToInt(it -> it.ids().size()).sum();
        List<BsonValue> late = Batch.late(ids(batch.range(), known + pace.size(), session), family);
        return late.subList(0, Math.min(late.size(), pace.size()));
    }

    private List<BsonValue> ids(BsonDocument range, int most, @Nullable ClientSession session) {
        MongoCollection<BsonDocument> all = documents();
        BsonDocument filter = matching(range);
        return (session == null ? all.find(filter) : all.find(session, filter))
                .projection(new BsonDocument("_id", new BsonInt32(1)))
                .sort(new BsonDocument("_id", new BsonInt32(1)))
                .limit(most)
                .batchSize(most + 1)
                .map(it -> it.get("_id"))
                .into(new ArrayList<>());
    }

    UpdateResult change(BsonDocument filter, ClientSession session) {
        return switch (update.change()) {
            case Change.Operators it -> documents().updateMany(session, filter, it.update());
            case Change.Pipeline it -> documents().updateMany(session, filter, it.stages());
        };
    }
}

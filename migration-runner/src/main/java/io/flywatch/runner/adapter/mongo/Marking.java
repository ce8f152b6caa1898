package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.WriteModel;
import io.flywatch.runner.batch.Batch;
import io.flywatch.runner.batch.Exact;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.step.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonMaximumSizeExceededException;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/**
 * Changes documents and marks them in one go, each only without the mark.
 *
 * @param pipelineUpdates whether the server itself can update by a pipeline; else the new state is computed by an aggregation, and
 *     replaces the old one where that is still as it was read
 */
record Marking(Work work, Change change, boolean pipelineUpdates) implements Evidence {
    private static final BsonDocument UNMARK =
            new BsonDocument("$unset", new BsonDocument(Books.MARK, new BsonString("")));
    private static final int CHUNK = 100;
    private static final long CHUNK_BYTES = 16 << 20;
    private static final int ROUNDS = 20;

    /** Returns when all documents of the batch that match the filter carry its mark. */
    @Override
    public long changeAll(Batch batch) {
        try {
            return change(batch, todo(batch));
        } catch (MongoException e) {
            if (Trouble.isPassing(e)) {
                throw e;
            }
            return narrow(batch, ids(todo(batch)), e);
        }
    }

    /** Finds out which document the server refuses; all that stand before it are changed. */
    private long narrow(Batch batch, List<BsonValue> ids, MongoException why) {
        if (ids.size() <= 1) {
            work.trying().set(ids.isEmpty() ? batch : batch.with(ids));
            throw why;
        }
        long changed = 0;
        for (List<BsonValue> half : List.of(ids.subList(0, ids.size() / 2), ids.subList(ids.size() / 2, ids.size()))) {
            try {
                changed += change(batch, work.matching(Batch.in(half), unmarked(batch)));
            } catch (MongoException e) {
                if (Trouble.isPassing(e)) {
                    throw e;
                }
                changed += narrow(batch, half, e);
            }
        }
        return changed;
    }

    /** Answers how many documents were changed. */
    private long change(Batch batch, BsonDocument todo) {
        long changed = switch (change) {
            case Change.Operators it ->
                work.fenced(
                        todo,
                        filter -> work.documents()
                                .updateMany(filter, marking(it.update(), batch))
                                .getMatchedCount());
            case Change.Pipeline it
            when pipelineUpdates -> {
                List<BsonDocument> stages = new ArrayList<>(it.stages());
                stages.add(new BsonDocument("$set", new BsonDocument(Books.MARK, mark(batch))));
                yield work.fenced(
                        todo,
                        filter -> work.documents().updateMany(filter, stages).getMatchedCount());
            }
            case Change.Pipeline it -> replaceAll(batch, todo, PlainStages.of(it.stages()));
        };
        work.desk().faults().at(Faults.Point.SOME_CHANGED);
        return changed;
    }

    private long replaceAll(Batch batch, BsonDocument todo, List<BsonDocument> stages) {
        long changed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            boolean more = false;
            try (MongoCursor<RawBsonDocument> documents =
                    work.documents().find(todo, RawBsonDocument.class).iterator()) {
                while (documents.hasNext()) {
                    changed += replace(batch, chunk(documents), stages);
                    more = true;
                }
            }
            if (!more) {
                return changed;
            }
        }
        throw new RunFailure(
                FailureType.REFUSED,
                "Documents of %s up to _id %s were changed by somebody else each time before they could be. Try again when there is less traffic."
                        .formatted(work.step().collection(), batch.last()));
    }

    /** The next few, as many as the memory takes. */
    private static List<RawBsonDocument> chunk(MongoCursor<RawBsonDocument> documents) {
        List<RawBsonDocument> chunk = new ArrayList<>();
        long bytes = 0;
        while (chunk.size() < CHUNK && bytes < CHUNK_BYTES && documents.hasNext()) {
            RawBsonDocument next = documents.next();
            chunk.add(next);
            bytes += next.getByteBuffer().remaining();
        }
        return chunk;
    }

    private long replace(Batch batch, List<RawBsonDocument> chunk, List<BsonDocument> stages) {
        List<WriteModel<BsonDocument>> writes = replacements(batch, chunk, stages);
        work.desk().lease().check();
        long changed = writes.isEmpty() ? 0 : write(writes);
        work.desk().faults().at(Faults.Point.SOME_CHANGED);
        return changed;
    }

    private long write(List<WriteModel<BsonDocument>> writes) {
        try {
            return work.documents()
                    .bulkWrite(writes, new BulkWriteOptions().ordered(false))
                    .getMatchedCount();
        } catch (BsonMaximumSizeExceededException e) {
            throw Trouble.tooLarge(e);
        }
    }

    /** The documents that carry the batch's mark. */
    @Override
    public List<BsonValue> changed(Batch batch) {
        return ids(marked(batch));
    }

    private List<BsonValue> ids(BsonDocument filter) {
        return work.documents()
                .find(filter)
                .sort(new BsonDocument("_id", new BsonInt32(1)))
                .projection(new BsonDocument("_id", new BsonInt32(1)))
                .map(it -> it.get("_id"))
                .into(new ArrayList<>());
    }

    @Override
    public void clean(Batch batch) {
        work.documents().updateMany(marked(batch), UNMARK);
    }

    @Override
    public void sweep(Batch range) {
        BsonDocument anyOfStep = work.key().below().getDocument("_id");
        work.documents().updateMany(place(range).append(Books.MARK, anyOfStep), UNMARK);
    }

    private BsonDocument todo(Batch batch) {
        return work.matching(place(batch), unmarked(batch));
    }

    /** By range where that is possible: each server walks a range quickly, and not each a long list of ids. */
    private static BsonDocument place(Batch batch) {
        return batch.isWalk() ? batch.range() : batch.own();
    }

    private BsonDocument marked(Batch batch) {
        return place(batch).append(Books.MARK, mark(batch));
    }

    private BsonDocument unmarked(Batch batch) {
        return new BsonDocument(Books.MARK, new BsonDocument("$ne", mark(batch)));
    }

    private BsonString mark(Batch batch) {
        return new BsonString(work.key().batchId(batch.number()));
    }

    private List<WriteModel<BsonDocument>> replacements(
            Batch batch, List<RawBsonDocument> documents, List<BsonDocument> stages) {
        List<BsonValue> ids = documents.stream().map(it -> it.get("_id")).toList();
        List<BsonDocument> pipeline = new ArrayList<>();
        pipeline.add(new BsonDocument("$match", Batch.in(ids)));
        pipeline.addAll(stages);
        Map<Object, BsonDocument> computed = new HashMap<>();
        work.documents().aggregate(pipeline).forEach(it -> computed.put(id(it), it));
        List<WriteModel<BsonDocument>> writes = new ArrayList<>();
        for (RawBsonDocument document : documents) {
            BsonDocument next = computed.get(id(document));
            if (next != null) {
                next.append(Books.MARK, mark(batch));
                writes.add(new ReplaceOneModel<>(asRead(document, unmarked(batch)), next));
            }
        }
        return writes;
    }

    private static Object id(BsonDocument document) {
        return Exact.of(Objects.requireNonNull(document.get("_id")));
    }

    private BsonDocument marking(BsonDocument operators, Batch batch) {
        BsonDocument marking = operators.clone();
        BsonDocument set = marking.getDocument("$set", new BsonDocument()).clone();
        return marking.append("$set", set.append(Books.MARK, mark(batch)));
    }

    /** Finds the document only as it was read: with these fields, and no other that somebody has added since. */
    static BsonDocument asRead(BsonDocument document, BsonDocument condition) {
        BsonArray whole = new BsonArray(List.of(new BsonString("$$ROOT"), new BsonDocument("$literal", document)));
        return new BsonDocument("_id", document.get("_id"))
                .append("$and", new BsonArray(List.of(condition)))
                .append("$expr", new BsonDocument("$eq", whole));
    }
}

package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoException;
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
import org.bson.BsonType;
import org.bson.BsonValue;

/**
 * Changes documents and marks them in one go, each only without the mark.
 *
 * @param pipelineUpdates whether the server itself can update by a pipeline; else the new state is computed by an aggregation, and
 *     replaces the old one where that is still as it was read
 */
record Marking(Work work, Change change, boolean pipelineUpdates) implements Evidence {
    private static final int CHUNK = 100;
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
        work.desk().lease().check();
        long changed = switch (change) {
            case Change.Operators it ->
                work.documents().updateMany(todo, marking(it.update(), batch)).getMatchedCount();
            case Change.Pipeline it
            when pipelineUpdates -> {
                List<BsonDocument> stages = new ArrayList<>(it.stages());
                stages.add(new BsonDocument("$set", new BsonDocument(Books.MARK, mark(batch))));
                yield work.documents().updateMany(todo, stages).getMatchedCount();
            }
            case Change.Pipeline it -> replaceAll(batch, todo, PlainStages.of(it.stages()));
        };
        work.desk().faults().at(Faults.Point.SOME_CHANGED);
        return changed;
    }

    private long replaceAll(Batch batch, BsonDocument todo, List<BsonDocument> stages) {
        long changed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<BsonDocument> documents = work.documents().find(todo).into(new ArrayList<>());
            if (documents.isEmpty()) {
                return changed;
            }
            for (int from = 0; from < documents.size(); from += CHUNK) {
                List<BsonDocument> chunk = documents.subList(from, Math.min(documents.size(), from + CHUNK));
                List<WriteModel<BsonDocument>> writes = replacements(batch, chunk, stages);
                work.desk().lease().check();
                changed += writes.isEmpty() ? 0 : write(writes);
                work.desk().faults().at(Faults.Point.SOME_CHANGED);
            }
        }
        throw new RunFailure(
                FailureType.REFUSED,
                "Documents of %s up to _id %s were changed by somebody else each time before they could be. Try again when there is less traffic."
                        .formatted(work.step().collection(), batch.last()));
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
        BsonDocument mark = new BsonDocument(Books.MARK, new BsonString(""));
        work.documents().updateMany(marked(batch), new BsonDocument("$unset", mark));
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
            Batch batch, List<BsonDocument> documents, List<BsonDocument> stages) {
        List<BsonValue> ids = documents.stream().map(it -> it.get("_id")).toList();
        List<BsonDocument> pipeline = new ArrayList<>();
        pipeline.add(new BsonDocument("$match", Batch.in(ids)));
        pipeline.addAll(stages);
        Map<Object, BsonDocument> computed = new HashMap<>();
        work.documents().aggregate(pipeline).forEach(it -> computed.put(id(it), it));
        List<WriteModel<BsonDocument>> writes = new ArrayList<>();
        for (BsonDocument document : documents) {
            BsonDocument next = computed.get(id(document));
            if (next != null) {
                next.append(Books.MARK, mark(batch));
                writes.add(new ReplaceOneModel<>(asRead(document, batch), next));
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

    /** Finds the document only as it was read. */
    private BsonDocument asRead(BsonDocument document, Batch batch) {
        BsonArray conditions = new BsonArray();
        conditions.add(unmarked(batch));
        document.forEach((name, value) -> {
            if (isComparable(name, value)) {
                conditions.add(new BsonDocument(name, new BsonDocument("$eq", value)));
            }
        });
        return new BsonDocument("_id", document.get("_id")).append("$and", conditions);
    }

    /** Some values don't equal themselves in a query, and some names can't be asked for. */
    private static boolean isComparable(String name, BsonValue value) {
        return !name.equals("_id")
                && !name.equals(Books.MARK)
                && !name.isEmpty()
                && name.indexOf('.') < 0
                && name.charAt(0) != '$'
                && value.getBsonType() != BsonType.REGULAR_EXPRESSION
                && value.getBsonType() != BsonType.UNDEFINED
                && !(value.isDouble() && Double.isNaN(value.asDouble().getValue()));
    }
}

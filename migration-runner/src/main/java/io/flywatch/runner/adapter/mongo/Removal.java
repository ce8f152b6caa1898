package io.flywatch.runner.adapter.mongo;

import io.flywatch.runner.batch.Batch;
import io.flywatch.runner.batch.Exact;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;

/** A deleted document is the evidence itself: it is not there any more. */
record Removal(Work work) implements Evidence {

    @Override
    public long changeAll(Batch batch) {
        long deleted = work.fenced(
                work.matching(batch.own()),
                filter -> work.documents().deleteMany(filter).getDeletedCount());
        work.desk().faults().at(Faults.Point.SOME_CHANGED);
        return deleted;
    }

    @Override
    public List<BsonValue> changed(Batch batch) {
        Set<Object> left = work.documents()
                .find(batch.own())
                .projection(new BsonDocument("_id", new BsonInt32(1)))
                .map(it -> Exact.of(Objects.requireNonNull(it.get("_id"))))
                .into(new HashSet<>());
        return batch.ids().stream().filter(it -> !left.contains(Exact.of(it))).toList();
    }

    @Override
    public void clean(Batch batch) {
        // Nothing is left of a deleted document.
    }

    @Override
    public void sweep(Batch range) {
        // Nothing is left of a deleted document.
    }
}

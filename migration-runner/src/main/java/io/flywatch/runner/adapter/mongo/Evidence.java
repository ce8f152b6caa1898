package io.flywatch.runner.adapter.mongo;

import io.flywatch.runner.batch.Batch;
import java.util.List;
import org.bson.BsonValue;

/** What tells, on a server without transactions, which documents of a batch were changed already. */
sealed interface Evidence permits Marking, Removal {

    /**
     * Returns when all documents of the batch that match the filter are changed, each of them once.
     *
     * @return how many were changed just now
     */
    long changeAll(Batch batch);

    /** Those that were. */
    List<BsonValue> changed(Batch batch);

    /** Removes what was left in the documents. */
    void clean(Batch batch);

    /** Removes from the documents of a range whatever any batch of this step has left. */
    void sweep(Batch range);
}

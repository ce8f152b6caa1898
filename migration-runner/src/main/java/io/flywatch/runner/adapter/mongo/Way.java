package io.flywatch.runner.adapter.mongo;

import io.flywatch.runner.batch.Batch;
import io.flywatch.runner.batch.IdType;
import java.util.List;
import org.bson.BsonValue;

/** How the documents of a step are changed, each of them once, whatever happens on the way. */
sealed interface Way extends AutoCloseable permits TransactionalWay, MarkedWay {

    /** Finishes what an earlier runner left half done. */
    void resume();

    /**
     * Changes the next documents of the walk.
     *
     * @return false if there are none of that type any more
     */
    boolean next(IdType type);

    /**
     * Changes documents that came into a batch's range after the batch was done.
     *
     * @return false if there are none
     */
    boolean late(Batch batch);

    /**
     * Changes documents that match still, wherever they stand; for steps after which a document doesn't match any more.
     *
     * @return false if there are none of that type any more
     */
    boolean rest(IdType type);

    /**
     * Changes those of certain documents that match, as the batch of a number.
     *
     * @return whether that is to be tried once more
     */
    boolean these(long number, List<BsonValue> ids);

    /** Removes what somebody who wrote back a document may have brought back of a walk's batches, which join each other. */
    void sweep(List<Batch> joining);

    /** Nothing is at work any more. */
    @Override
    void close();
}

package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoException;
import io.flywatch.runner.batch.Batch;
import org.jspecify.annotations.Nullable;

/**
 * Ends the attempts at a batch that meets an application's writes again and again: whoever writes its documents all the time leaves a
 * smaller batch, which takes less time, through. Used by one thread.
 */
final class Conflicts {
    private static final int WRITE_CONFLICT = 112;
    private static final int MOST = 3;

    private final Work work;
    private @Nullable Batch batch;
    private int met;

    Conflicts(Work work) {
        this.work = work;
    }

    /**
     * The batch that is at work is about to be tried again.
     *
     * @throws TooMany if it should be tried in parts
     */
    void on(MongoException why) {
        Batch now = work.trying().get();
        if (why.getCode() != WRITE_CONFLICT || now == null || now.ids().size() == 1) {
            work.pace().failed();
            return;
        }
        met = now.equals(batch) ? met + 1 : 1;
        batch = now;
        if (met >= MOST) {
            work.pace().failed();
            batch = null;
            throw new TooMany();
        }
    }

    /** Somebody else has written documents of the batch each time. */
    static final class TooMany extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private TooMany() {
            super("too many write conflicts", null, false, false);
        }
    }
}

package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoException;
import io.flywatch.runner.run.Journal;
import java.time.Duration;
import java.util.function.Supplier;

/** Repeats what failed because the server was away, for as long as it is away, and says so meanwhile. */
final class Patience {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Journal journal;
    private final MongoProgress progress;

    Patience(Journal journal, MongoProgress progress) {
        this.journal = journal;
        this.progress = progress;
    }

    <T> T run(Supplier<T> work) {
        return run(work, () -> {});
    }

    /** Before each repetition, what was left half done is finished. */
    <T> T run(Supplier<T> work, Runnable before) {
        Duration pause = FIRST;
        boolean again = false;
        while (true) {
            journal.checkOwnership();
            try {
                if (again) {
                    before.run();
                }
                T result = work.get();
                progress.works();
                return result;
            } catch (MongoException e) {
                if (!Trouble.isPassing(e)) {
                    throw e;
                }
                again = true;
                Cancelled.check(journal);
                progress.waits(Trouble.waiting(e));
                journal.pause(pause);
                pause = pause.compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
            }
        }
    }
}

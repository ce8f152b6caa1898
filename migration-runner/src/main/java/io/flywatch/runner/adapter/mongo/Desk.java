package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import io.flywatch.runner.RunnerMetrics;
import io.flywatch.runner.run.Journal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** All that the work on one run needs, while the migration's lease is held. */
record Desk(
        MongoClient client,
        Books books,
        String migrationId,
        Lease lease,
        Abilities abilities,
        Checkpoints checkpoints,
        Journal journal,
        MongoProgress progress,
        Patience patience,
        Throttle throttle,
        JavaChanges changes,
        Faults faults,
        RunnerMetrics metrics,
        Clock clock) {

    /** Does it as often as it takes until the server is there. */
    void safely(Runnable work) {
        patience.run(() -> {
            work.run();
            return true;
        });
    }

    /** A transaction is about to be repeated: that is said if the server is away, and ends if the run is to end. */
    void again(MongoException why) {
        journal.checkOwnership();
        Cancelled.check(journal);
        if (Trouble.isAway(why)) {
            progress.waits(Trouble.waiting(why));
        }
    }

    /** Counts what was changed, for metrics and for the run. */
    void counted(StepKey key, long documents) {
        metrics.changed(migrationId, key.version().text(), key.step().collection(), documents);
        progress.changed(documents);
    }

    Duration since(Instant start) {
        Duration took = Duration.between(start, clock.instant());
        return took.isNegative() ? Duration.ZERO : took;
    }

    Instant now() {
        return clock.instant();
    }
}

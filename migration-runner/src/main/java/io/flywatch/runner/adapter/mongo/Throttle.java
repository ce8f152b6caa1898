package io.flywatch.runner.adapter.mongo;

import io.flywatch.runner.batch.Behind;
import io.flywatch.runner.run.Journal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Lets a batch wait as long as secondaries are too far behind or batches take too long, and says why. */
final class Throttle {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Journal journal;
    private final MongoProgress progress;
    private final ReplicationLag lag;
    private final Duration maxLag;

    /**
     * Asks nothing yet.
     *
     * @param maxLag where the step doesn't say
     */
    Throttle(Journal journal, MongoProgress progress, ReplicationLag lag, Duration maxLag) {
        this.journal = journal;
        this.progress = progress;
        this.lag = lag;
        this.maxLag = maxLag;
    }

    /** Returns when the next batch may begin. */
    void await(Work work) {
        Duration pause = work.pace().pause();
        if (pause.isPositive()) {
            wait(
                    "waiting: batches of %d take %s longer than %s"
                            .formatted(
                                    work.pace().size(),
                                    seconds(pause),
                                    seconds(Optional.ofNullable(
                                                    work.step().pacing().targetLatency())
                                            .orElse(Duration.ZERO))),
                    pause);
        }
        Duration bound = Optional.ofNullable(work.step().pacing().maxLag()).orElse(maxLag);
        Optional<Behind> behind = lag.now();
        while (behind.isPresent() && behind.get().by().compareTo(bound) > 0) {
            Cancelled.check(journal);
            wait(
                    "waiting: %s is %s behind (bound %s)"
                            .formatted(
                                    behind.get().member(), seconds(behind.get().by()), seconds(bound)),
                    LOOK);
            behind = lag.now();
        }
        progress.works();
    }

    private void wait(String why, Duration time) {
        progress.waits(why);
        journal.pause(time);
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}

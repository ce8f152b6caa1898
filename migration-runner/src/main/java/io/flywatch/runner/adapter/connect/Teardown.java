package io.flywatch.runner.adapter.connect;

import io.flywatch.runner.SourceSystems;
import io.flywatch.runner.adapter.kafka.PipelinesOut;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.progress.Observation;
import io.flywatch.runner.replication.Names;
import io.flywatch.runner.replication.Plan;
import io.flywatch.runner.run.Journal;
import io.flywatch.runner.run.RunFailure;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes down what a replication set up: first the connector, then slot, publication and heartbeat at the source, last the pipeline.
 * Waits for Kafka Connect and Kafka as long as it takes; gives up on a source that stays away, as it may be gone for good.
 */
@Singleton
final class Teardown {
    private static final Logger LOG = Logger.getLogger(Teardown.class);
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final int SOURCE_ATTEMPTS = 60;
    private static final int STOP_ATTEMPTS = 60;
    private static final int CONFIRMATIONS = 2;

    private final Connectors connectors;
    private final SourceSystems sources;
    private final PipelinesOut pipelines;

    Teardown(Connectors connectors, SourceSystems sources, PipelinesOut pipelines) {
        this.connectors = connectors;
        this.sources = sources;
        this.pipelines = pipelines;
    }

    /**
     * Returns when all is gone, or can't be.
     *
     * @param plan what was planned; null if nothing was set up yet
     */
    void run(ReplicationMigration migration, @Nullable Plan plan, Journal journal) {
        if (plan == null) {
            return;
        }
        stop(migration, journal);
        until(journal, "deleting the connector", () -> connectors.delete(migration.id()));
        clean(migration, plan, journal);
        until(journal, "ending the pipeline", () -> pipelines.end(migration.id()));
    }

    /** A task that is about to start would set up again what was just taken down. */
    private void stop(ReplicationMigration migration, Journal journal) {
        AtomicBoolean stopped = new AtomicBoolean();
        for (int attempt = 0; attempt < STOP_ATTEMPTS && !stopped.get(); attempt++) {
            until(journal, "stopping the connector", () -> stopped.set(connectors.stop(migration.id())));
            if (!stopped.get()) {
                journal.pause(LOOK);
            }
        }
    }

    private static void until(Journal journal, String what, Runnable work) {
        journal.observe(() -> Observation.of(null, what));
        while (true) {
            try {
                work.run();
                return;
            } catch (RunFailure e) {
                journal.observe(() -> Observation.of(null, "waiting: " + what + " has to be tried again: " + e.text()));
                journal.pause(BETWEEN);
            }
        }
    }

    private void clean(ReplicationMigration migration, Plan plan, Journal journal) {
        String last = "";
        int confirmed = 0;
        for (int attempt = 0; attempt < SOURCE_ATTEMPTS; attempt++) {
            try {
                Optional<String> left = sources.of(migration).clean(migration, plan.heartbeatCreated());
                confirmed = left.isEmpty() ? confirmed + 1 : 0;
                if (confirmed == CONFIRMATIONS) {
                    return;
                }
                last = left.map(it -> "cleaning up the source: " + it)
                        .orElse("cleaned up; looking whether the source stays so");
            } catch (RunFailure e) {
                last = "waiting: the source has to be cleaned up: " + e.text();
            }
            String told = last;
            journal.observe(() -> Observation.of(null, told));
            journal.pause(BETWEEN);
        }
        LOG.warnf(
                "source is not cleaned up migration=%s slot=%s publication=%s reason=%s; drop both by hand, or its log grows",
                migration.id(), Names.slot(migration.id()), Names.slot(migration.id()), last);
    }
}

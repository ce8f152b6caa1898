package io.flywatch.runner.adapter.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.events.verification.VerificationFinished;
import io.flywatch.runner.RunnerConfig;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.progress.Observation;
import io.flywatch.runner.replication.Names;
import io.flywatch.runner.replication.Phase;
import io.flywatch.runner.replication.Plan;
import io.flywatch.runner.replication.VerifyStep;
import io.flywatch.runner.run.Engine;
import io.flywatch.runner.run.Failure;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.Journal;
import io.flywatch.runner.run.Outcome;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.run.Wish;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Runs a replication: checks, sets up, follows the snapshot and then the stream until somebody ends it. Each step can be begun again:
 * what it sets up is noted in the run before it is set up, and setting it up twice is the same as once.
 */
@Singleton
final class ReplicationEngine implements Engine<ReplicationMigration> {
    private static final Logger LOG = Logger.getLogger(ReplicationEngine.class);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DRAIN = Duration.ofSeconds(30);
    private static final Duration MOMENT = Duration.ofMillis(200);

    private final ReplicationSetup setup;
    private final Teardown teardown;
    private final PipelineWatch watch;
    private final RunnerConfig config;
    private final ObjectMapper json;
    private final Clock clock = Clock.systemUTC();

    ReplicationEngine(
            ReplicationSetup setup, Teardown teardown, PipelineWatch watch, RunnerConfig config, ObjectMapper json) {
        this.setup = setup;
        this.teardown = teardown;
        this.watch = watch;
        this.config = config;
        this.json = json;
    }

    @Override
    public List<String> steps(ReplicationMigration migration) {
        return Phase.names(migration.verify() != null);
    }

    @Override
    public void check(ReplicationMigration migration) {
        setup.check(migration);
    }

    @Override
    public Outcome work(ReplicationMigration migration, Journal journal) {
        Phase phase = Phase.CHECK;
        try {
            Plan plan = plan(migration, journal);
            phase = Phase.CONNECT;
            plan = connect(migration, plan, journal);
            phase = Phase.SNAPSHOT;
            Follower follower = watch.follow(migration, plan, journal.run());
            journal.observe(follower::latest);
            snapshot(migration, follower, journal);
            phase = Phase.VERIFY;
            plan = verify(migration, plan, follower, journal);
            phase = Phase.STREAM;
            Standstill standstill = setup.standstill(migration, plan, changed -> journal.note(write(changed)));
            return stream(follower, standstill, journal);
        } catch (Asked e) {
            return end(migration, journal, e.wish);
        } catch (RunFailure e) {
            return fail(migration, journal, phase, e);
        }
    }

    /** Somebody asks for the end of the run; thrown to leave whatever is at work. */
    private static final class Asked extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final Wish wish;

        Asked(Wish wish) {
            super(wish.name(), null, false, false);
            this.wish = wish;
        }
    }

    private static int index(Journal journal, Phase phase) {
        return journal.run().steps().stream()
                .filter(step -> step.name().equals(phase.label()))
                .findFirst()
                .orElseThrow()
                .index();
    }

    private static void look(Journal journal) {
        // Before the stream nobody may ask for a pause.
        journal.wish().filter(it -> it != Wish.PAUSE).ifPresent(wish -> {
            throw new Asked(wish);
        });
    }

    private Plan plan(ReplicationMigration migration, Journal journal) {
        Optional<Plan> before = noted(journal);
        if (before.isPresent()) {
            journal.stepStarted(index(journal, Phase.CHECK));
            journal.stepFinished(index(journal, Phase.CHECK), 0);
            return before.get();
        }
        look(journal);
        journal.observe(() -> Observation.of(Phase.CHECK.label(), "checking source, Kafka Connect and target"));
        journal.stepStarted(index(journal, Phase.CHECK));
        Plan plan = setup.plan(migration);
        journal.note(write(plan));
        journal.stepFinished(index(journal, Phase.CHECK), 0);
        return plan;
    }

    private Plan connect(ReplicationMigration migration, Plan planned, Journal journal) {
        look(journal);
        if (journal.run().isDone(Phase.CONNECT.label())) {
            return planned;
        }
        journal.observe(() -> Observation.of(Phase.CONNECT.label(), "registering the connector"));
        journal.stepStarted(index(journal, Phase.CONNECT));
        Plan plan = withSignals(migration, withHeartbeat(migration, planned, journal), journal);
        while (!setup.clear(migration)) {
            look(journal);
            journal.pause(MOMENT);
        }
        setup.start(migration, plan);
        setup.declare(Declaration.of(migration, plan, journal.run(), clock.instant()));
        awaitRunning(migration, journal);
        journal.stepFinished(index(journal, Phase.CONNECT), 0);
        return plan;
    }

    private Plan withHeartbeat(ReplicationMigration migration, Plan planned, Journal journal) {
        Optional<String> refused = setup.heartbeat(migration, planned);
        if (refused.isEmpty()) {
            return planned;
        }
        LOG.warnf("no heartbeat at the source migration=%s reason=%s", migration.id(), refused.get());
        Plan plan = planned.withoutHeartbeat(
                "no heartbeat, as the source does not let us create " + Names.HEARTBEAT_TABLE + ": " + refused.get());
        journal.note(write(plan));
        return plan;
    }

    private Plan withSignals(ReplicationMigration migration, Plan planned, Journal journal) {
        Plan plan = setup.withSignals(migration, planned);
        journal.note(write(plan));
        return plan;
    }

    private void awaitRunning(ReplicationMigration migration, Journal journal) {
        long until = System.nanoTime() + config.connectorStart().toNanos();
        while (!setup.isRunning(migration)) {
            if (System.nanoTime() > until) {
                throw new RunFailure(
                        FailureType.KAFKA_CONNECT,
                        "The connector does not run " + config.connectorStart()
                                + " after it was registered: look at the log of Kafka Connect.");
            }
            look(journal);
            journal.pause(SECOND);
        }
    }

    private void snapshot(ReplicationMigration migration, Follower follower, Journal journal) {
        int index = index(journal, Phase.SNAPSHOT);
        if (journal.run().isDone(Phase.SNAPSHOT.label())) {
            return;
        }
        journal.stepStarted(index);
        while (true) {
            Instant now = clock.instant();
            Follower.Sight sight = follower.look(Phase.SNAPSHOT, now);
            if (sight.snapshotApplied()) {
                journal.stepFinished(index, sight.rows());
                LOG.infof("snapshot is complete migration=%s rows=%s", migration.id(), sight.rows());
                return;
            }
            if (sight.failedFor(now).compareTo(config.connectorGrace()) > 0) {
                throw new RunFailure(
                        FailureType.CONNECTOR_FAILED,
                        "The connector failed during the snapshot: " + sight.trouble()
                                + " Remove the cause and start a new run.");
            }
            look(journal);
            journal.pause(SECOND);
        }
    }

    /** Changes are moved meanwhile. What comes out of it ends no run; who finishes the run does not wait for it. */
    private Plan verify(ReplicationMigration migration, Plan plan, Follower follower, Journal journal) {
        boolean isStep = journal.run().steps().stream()
                .anyMatch(step -> step.name().equals(Phase.VERIFY.label()) && !step.isDone());
        if (migration.verify() == null || !isStep) {
            return plan;
        }
        journal.stepStarted(index(journal, Phase.VERIFY));
        VerifyStep step = watch.verifying(journal.run(), migration.verify());
        while (journal.wish().filter(it -> it == Wish.FINISH).isEmpty()) {
            Instant now = clock.instant();
            follower.look(Phase.VERIFY, now);
            switch (step.look(now)) {
                case VerifyStep.Waiting it -> {
                    look(journal);
                    journal.pause(SECOND);
                }
                case VerifyStep.Ended(VerificationFinished end) -> {
                    LOG.infof(
                            "verification ended migration=%s outcome=%s reason=%s",
                            migration.id(), end.outcome(), end.reason());
                    journal.stepFinished(index(journal, Phase.VERIFY), 0);
                    return plan;
                }
                case VerifyStep.Overdue(String why) -> {
                    LOG.warnf("verification is given up migration=%s reason=%s", migration.id(), why);
                    Plan remarked = plan.remarking(why);
                    journal.note(write(remarked));
                    follower.remarks(remarked);
                    journal.stepFinished(index(journal, Phase.VERIFY), 0);
                    return remarked;
                }
            }
        }
        return plan;
    }

    /** A finish waits until all that was committed before it was asked for is applied, as far as that can be proved. */
    private Outcome stream(Follower follower, Standstill standstill, Journal journal) {
        journal.stepStarted(index(journal, Phase.STREAM));
        Optional<Instant> asked = Optional.empty();
        while (true) {
            Instant now = clock.instant();
            follower.look(Phase.STREAM, now);
            switch (journal.wish().orElse(null)) {
                case null -> standstill.end();
                case PAUSE -> standstill.begin();
                case CANCEL -> throw new Asked(Wish.CANCEL);
                case FINISH -> {
                    asked = asked.or(() -> Optional.of(now));
                    if (follower.isApplied(asked.get())
                            || now.isAfter(asked.get().plus(DRAIN))) {
                        journal.stepFinished(index(journal, Phase.STREAM), follower.streamedRows());
                        throw new Asked(Wish.FINISH);
                    }
                }
            }
            journal.pause(SECOND);
        }
    }

    private Outcome end(ReplicationMigration migration, Journal journal, Wish wish) {
        teardown.run(migration, noted(journal).orElse(null), journal);
        return wish == Wish.FINISH ? new Outcome.Done() : new Outcome.Stopped();
    }

    private Outcome fail(ReplicationMigration migration, Journal journal, Phase phase, RunFailure e) {
        if (phase != Phase.CHECK) {
            teardown.run(migration, noted(journal).orElse(null), journal);
        }
        return new Outcome.Broken(new Failure(phase.label(), e.type(), e.text()));
    }

    private Optional<Plan> noted(Journal journal) {
        return journal.note().map(this::read);
    }

    private String write(Plan plan) {
        try {
            return json.writeValueAsString(plan);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan can be written", e);
        }
    }

    private Plan read(String note) {
        try {
            return json.readValue(note, Plan.class);
        } catch (JsonProcessingException e) {
            throw new RunFailure(
                    FailureType.INTERNAL, "The run's note is not understood: " + e.getOriginalMessage(), e);
        }
    }
}

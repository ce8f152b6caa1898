package io.flywatch.runner;

import io.flywatch.runner.adapter.orm.Demands;
import io.flywatch.runner.adapter.orm.RunStore;
import io.flywatch.runner.adapter.yaml.MigrationFolder;
import io.flywatch.runner.migration.Declarations;
import io.flywatch.runner.migration.Declarations.Declared;
import io.flywatch.runner.migration.Flaw;
import io.flywatch.runner.migration.Migration;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.replication.Phase;
import io.flywatch.runner.run.Demand;
import io.flywatch.runner.run.DryRun;
import io.flywatch.runner.run.Ruling;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.run.RunStatus;
import io.flywatch.runner.run.RunStep;
import io.flywatch.runner.run.Trigger;
import io.flywatch.runner.run.Triggered;
import io.flywatch.runner.run.Undo;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What callers may ask for: start a run, have one undone, and demand something of one that is there. */
@Singleton
public final class Runs {
    private static final Logger LOG = Logger.getLogger(Runs.class);

    private final MigrationFolder folder;
    private final RunStore store;
    private final Demands demands;
    private final Engines engines;
    private final Heartbeat heartbeat;
    private final RunnerMetrics metrics;
    private final Clock clock = Clock.systemUTC();

    Runs(
            RunnerConfig config,
            RunStore store,
            Demands demands,
            Engines engines,
            Heartbeat heartbeat,
            RunnerMetrics metrics) {
        this.folder = new MigrationFolder(config.location());
        this.store = store;
        this.demands = demands;
        this.engines = engines;
        this.heartbeat = heartbeat;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        Declarations declarations = declarations();
        LOG.infof(
                "migrations declared=%s broken=%s",
                declarations.valid().size(), declarations.broken().size());
        declarations
                .broken()
                .forEach(it -> it.flaws().forEach(flaw -> LOG.warnf("declaration is wrong at=%s", flaw.text())));
    }

    /** All that is declared now. */
    public Declarations declarations() {
        Declarations declarations = folder.read();
        metrics.declare(declarations);
        return declarations;
    }

    /** Starts a run, if it could begin. */
    public Answer start(String migrationId, @Nullable String key) {
        return trigger(migrationId, Trigger.rest(key), true);
    }

    /** Starts a run without looking whether it could begin: nobody waits for the answer, so the run itself tells it. */
    public Answer start(String migrationId, Trigger trigger) {
        return trigger(migrationId, trigger, false);
    }

    private Answer trigger(String migrationId, Trigger trigger, boolean check) {
        Declarations declarations = declarations();
        Optional<Declared> declared = declarations.find(migrationId);
        if (declared.isEmpty()) {
            return undeclared(migrationId, declarations);
        }
        Optional<Triggered> before = store.before(migrationId, trigger);
        if (before.isPresent()) {
            return Answer.of(before.get());
        }
        try {
            if (check) {
                engines.check(declared.get().migration());
            }
        } catch (RunFailure e) {
            return new Answer.Impossible(e);
        }
        return create(declared.get(), engines.steps(declared.get().migration()), trigger);
    }

    private Answer create(Declared declared, List<String> steps, Trigger trigger) {
        Answer answer = Answer.of(store.create(declared, steps, trigger, clock.instant()));
        heartbeat.hurry();
        return answer;
    }

    private static Answer undeclared(String migrationId, Declarations declarations) {
        List<Flaw> flaws = declarations.flawsOf(migrationId);
        return flaws.isEmpty() ? new Answer.Unknown(declarations.ids()) : new Answer.Malformed(flaws);
    }

    /** The migration as the run was started with it. */
    public Optional<Migration> migration(Run run) {
        return store.written(run.id())
                .map(it -> MigrationFolder.kept(it.name(), it.text()).migration());
    }

    /** The replication of a run whose snapshot is complete and whose changes stream; empty if it is none. */
    public Optional<ReplicationMigration> streaming(Run run) {
        boolean streams = run.status() instanceof RunStatus.Running && run.isDone(Phase.SNAPSHOT.label());
        return migration(run)
                .filter(ReplicationMigration.class::isInstance)
                .map(ReplicationMigration.class::cast)
                .filter(it -> streams);
    }

    /** What a run would do now; throws {@link RunFailure} if that can't be found out. */
    public DryRun dryRun(Declared declared) {
        return engines.dryRun(declared.migration());
    }

    /** Starts a run that undoes what an earlier one did: by the file as it is now or, if it is gone, as it was then. */
    public Answer undo(Run run, @Nullable String key) {
        Declared declared = declarations()
                .find(run.migrationId())
                .orElseGet(() -> store.written(run.id())
                        .map(it -> MigrationFolder.kept(it.name(), it.text()))
                        .orElseThrow());
        return undo(declared, Trigger.rollback(key, new Undo.OfRun(run.id())), new Undo.OfRun(run.id()));
    }

    /** Starts a run that undoes all that comes after a version. */
    public Answer undo(String migrationId, String version, @Nullable String key) {
        Declarations declarations = declarations();
        Undo undo = new Undo.After(version);
        return declarations
                .find(migrationId)
                .map(it -> undo(it, Trigger.rollback(key, undo), undo))
                .orElseGet(() -> undeclared(migrationId, declarations));
    }

    private Answer undo(Declared declared, Trigger trigger, Undo undo) {
        Optional<Triggered> before = store.before(declared.migration().id(), trigger);
        if (before.isPresent()) {
            return Answer.of(before.get());
        }
        try {
            engines.checkRollback(declared.migration(), undo);
            return create(declared, engines.rollbackSteps(declared.migration(), undo), trigger);
        } catch (RunFailure e) {
            return new Answer.Impossible(e);
        }
    }

    /** What a demand on the run would come to; changes nothing. */
    public Ruling ask(Run run, Demand demand) {
        return demands.ask(run, demand, clock.instant());
    }

    /**
     * Demands something of a run.
     *
     * @param by who does
     */
    public Ruling demand(Run run, Demand demand, String by) {
        Ruling ruling = demands.make(run.id(), demand, by, clock.instant());
        heartbeat.hurry();
        return ruling;
    }

    /**
     * Lets a run that failed go on with the file as it is now. Throws {@link RunFailure} if it could not.
     *
     * @param by who demands it
     */
    public Ruling retry(Run run, Declared declared, String by) {
        Ruling ruling = ask(run, Demand.RETRY);
        if (!(ruling instanceof Ruling.Move)) {
            return ruling;
        }
        List<String> steps;
        if (run.undo() == null) {
            engines.check(declared.migration());
            steps = open(run, engines.steps(declared.migration()));
        } else {
            engines.checkRollback(declared.migration(), run.undo());
            steps = engines.rollbackSteps(declared.migration(), run.undo());
        }
        Ruling done = demands.retry(run.id(), declared, steps, by, clock.instant());
        heartbeat.hurry();
        return done;
    }

    /** An engine may leave out steps that are done: the run keeps them. */
    private static List<String> open(Run run, List<String> steps) {
        return Stream.concat(run.steps().stream().filter(RunStep::isDone).map(RunStep::name), steps.stream())
                .distinct()
                .toList();
    }
}

package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import io.flywatch.runner.RunnerConfig;
import io.flywatch.runner.RunnerMetrics;
import io.flywatch.runner.change.JavaChange;
import io.flywatch.runner.changeset.ChangeSet;
import io.flywatch.runner.changeset.Version;
import io.flywatch.runner.ledger.LedgerRules;
import io.flywatch.runner.ledger.RollbackRules;
import io.flywatch.runner.migration.MongoMigration;
import io.flywatch.runner.run.DryRun;
import io.flywatch.runner.run.Engine;
import io.flywatch.runner.run.Failure;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.Journal;
import io.flywatch.runner.run.Outcome;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.run.Undo;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** Applies the change sets of a migration that the ledger doesn't have yet, and undoes those that it has. */
@Singleton
final class MongoEngine implements Engine<MongoMigration> {
    private final MongoTargets targets;
    private final JavaChanges changes;
    private final RunnerMetrics metrics;
    private final Duration maxLag;
    private final Faults faults;
    private final String holder = UUID.randomUUID().toString();
    private final Clock clock;

    @Inject
    MongoEngine(MongoTargets targets, RunnerMetrics metrics, RunnerConfig config, Instance<JavaChange> changes) {
        this(targets, metrics, config, changes, Faults.NONE, Clock.systemUTC());
    }

    MongoEngine(
            MongoTargets targets,
            RunnerMetrics metrics,
            RunnerConfig config,
            Iterable<JavaChange> changes,
            Faults faults,
            Clock clock) {
        this.targets = targets;
        this.metrics = metrics;
        this.maxLag = config.maxLag();
        this.changes = new JavaChanges(changes);
        this.faults = faults;
        this.clock = clock;
    }

    @Override
    public List<String> steps(MongoMigration migration) {
        return migration.changeSets().stream()
                .flatMap(set -> set.steps().stream().map(step -> set.version() + " " + step.name()))
                .toList();
    }

    @Override
    public void check(MongoMigration migration) {
        MongoMigration resolved = changes.resolve(migration);
        targets.check(migration.connection());
        reading(() -> {
            Books books = books(migration);
            open(resolved, books);
            return new Obstacles(books, resolved).check();
        });
    }

    @Override
    public DryRun dryRun(MongoMigration migration) {
        MongoMigration resolved = changes.resolve(migration);
        targets.check(migration.connection());
        return reading(() -> new DryRuns(books(migration), resolved).find());
    }

    @Override
    public Outcome work(MongoMigration declared, Journal journal) {
        return holding(declared, journal, migration -> desk -> forward(migration, desk));
    }

    @Override
    public List<String> rollbackSteps(MongoMigration migration, Undo undo) {
        return steps(migration).reversed().stream().map(it -> "undo " + it).toList();
    }

    @Override
    public void checkRollback(MongoMigration declared, Undo undo) {
        checkVersion(undo);
        MongoMigration migration = changes.resolve(declared);
        targets.check(migration.connection());
        reading(() -> parts(migration, books(migration), undo));
    }

    @Override
    public Outcome rollBack(MongoMigration declared, Undo undo, Journal journal) {
        checkVersion(undo);
        return holding(declared, journal, migration -> desk -> backward(migration, undo, desk));
    }

    private Outcome holding(
            MongoMigration declared, Journal journal, Function<MongoMigration, Function<Desk, Outcome>> work) {
        MongoProgress progress = new MongoProgress();
        journal.observe(progress::get);
        try {
            MongoMigration migration = changes.resolve(declared);
            return holding(migration, journal, progress, new Patience(journal, progress), work.apply(migration));
        } catch (Cancelled e) {
            return new Outcome.Stopped();
        } catch (RunFailure e) {
            return new Outcome.Broken(e.failure(null));
        } catch (MongoException e) {
            return new Outcome.Broken(
                    new Failure(null, FailureType.TARGET, "The target refuses: " + Trouble.told(e) + "."));
        }
    }

    private Outcome holding(
            MongoMigration migration,
            Journal journal,
            MongoProgress progress,
            Patience patience,
            Function<Desk, Outcome> work) {
        Books books = books(migration);
        MongoClient client = targets.client(migration.connection());
        Abilities abilities = patience.run(() -> {
            books.open();
            return new Probe(client, books).find();
        });
        progress.promise(abilities.told());
        progress.does("waiting for the lease");
        ReplicationLag lag = new ReplicationLag(client.getDatabase("admin"), abilities.replicated());
        try (Lease lease = patience.run(() -> Lease.acquire(books, migration.id(), holder, journal))) {
            Checkpoints checkpoints = new Checkpoints(books, migration.id(), lease.token());
            patience.run(() -> {
                checkpoints.forgetLeftovers(new Ledger(books, migration.id()).entries());
                return true;
            });
            return work.apply(new Desk(
                    client,
                    books,
                    migration.id(),
                    lease,
                    abilities,
                    checkpoints,
                    journal,
                    progress,
                    patience,
                    new Throttle(journal, progress, lag, maxLag),
                    changes,
                    faults,
                    metrics,
                    clock));
        }
    }

    private static Outcome forward(MongoMigration migration, Desk desk) {
        Set<Version> open = new HashSet<>();
        desk.patience().run(() -> open(migration, desk.books())).forEach(it -> open.add(it.version()));
        Forward forward = new Forward(desk);
        int index = 0;
        for (ChangeSet changeSet : migration.changeSets()) {
            if (open.contains(changeSet.version())) {
                Outcome outcome = forward.apply(changeSet, index);
                if (!(outcome instanceof Outcome.Done)) {
                    return outcome;
                }
            } else {
                skip(desk.journal(), index, changeSet.steps().size());
            }
            index += changeSet.steps().size();
        }
        forward.tidy();
        return new Outcome.Done();
    }

    private static Outcome backward(MongoMigration migration, Undo undo, Desk desk) {
        List<RollbackRules.Part> parts = desk.patience().run(() -> parts(migration, desk.books(), undo));
        Backward backward = new Backward(desk);
        int index = 0;
        for (ChangeSet changeSet : migration.changeSets().reversed()) {
            for (RollbackRules.Part part : parts) {
                if (part.changeSet().version().equals(changeSet.version())) {
                    Outcome outcome = backward.undo(part, index);
                    if (!(outcome instanceof Outcome.Done)) {
                        return outcome;
                    }
                }
            }
            index += changeSet.steps().size();
        }
        return new Outcome.Done();
    }

    /** They were done by an earlier run. */
    private static void skip(Journal journal, int before, int steps) {
        for (int index = before + 1; index <= before + steps; index++) {
            journal.stepStarted(index);
            journal.stepFinished(index, 0);
        }
    }

    private static List<ChangeSet> open(MongoMigration migration, Books books) {
        LedgerRules.Decision decision =
                LedgerRules.decide(migration.changeSets(), new Ledger(books, migration.id()).entries());
        return switch (decision) {
            case LedgerRules.Decision.Apply it -> it.changeSets();
            case LedgerRules.Decision.Refuse it -> throw new RunFailure(FailureType.LEDGER, it.why());
        };
    }

    private static List<RollbackRules.Part> parts(MongoMigration migration, Books books, Undo undo) {
        RollbackRules.Decision decision =
                RollbackRules.decide(migration.changeSets(), new Ledger(books, migration.id()).entries(), undo);
        return switch (decision) {
            case RollbackRules.Decision.RollBack it -> it.parts();
            case RollbackRules.Decision.Refuse it -> throw new RunFailure(FailureType.LEDGER, it.why());
        };
    }

    private static void checkVersion(Undo undo) {
        if (undo instanceof Undo.After after && !Version.isValid(after.version())) {
            throw new RunFailure(
                    FailureType.DECLARATION,
                    "'%s' is no version. Write whole numbers separated by dots, e.g. 1 or 1.2; 0 for everything."
                            .formatted(after.version()));
        }
    }

    private static <T> T reading(Supplier<T> work) {
        try {
            return work.get();
        } catch (MongoException e) {
            throw new RunFailure(FailureType.TARGET, "The ledger can't be read: " + Trouble.told(e) + ".", e);
        }
    }

    private Books books(MongoMigration migration) {
        return new Books(targets.client(migration.connection()).getDatabase(migration.database()));
    }
}

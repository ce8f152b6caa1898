package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import io.flywatch.runner.RunnerMetrics;
import io.flywatch.runner.changeset.ChangeSet;
import io.flywatch.runner.ledger.LedgerRules;
import io.flywatch.runner.migration.MongoMigration;
import io.flywatch.runner.run.Engine;
import io.flywatch.runner.run.Failure;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.Journal;
import io.flywatch.runner.run.Outcome;
import io.flywatch.runner.run.RunFailure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Applies the change sets of a migration that the ledger doesn't have yet. */
@Singleton
final class MongoEngine implements Engine<MongoMigration> {
    private final MongoTargets targets;
    private final RunnerMetrics metrics;
    private final Faults faults;
    private final String holder = UUID.randomUUID().toString();
    private final Clock clock = Clock.systemUTC();

    @Inject
    MongoEngine(MongoTargets targets, RunnerMetrics metrics) {
        this(targets, metrics, Faults.NONE);
    }

    MongoEngine(MongoTargets targets, RunnerMetrics metrics, Faults faults) {
        this.targets = targets;
        this.metrics = metrics;
        this.faults = faults;
    }

    @Override
    public List<String> steps(MongoMigration migration) {
        return migration.changeSets().stream()
                .flatMap(set -> set.steps().stream().map(step -> set.version() + " " + step.name()))
                .toList();
    }

    @Override
    public void check(MongoMigration migration) {
        targets.check(migration.connection());
        try {
            open(migration, books(migration));
        } catch (MongoException e) {
            throw new RunFailure(FailureType.TARGET, "The ledger can't be read: " + Trouble.told(e) + ".", e);
        }
    }

    @Override
    public Outcome work(MongoMigration migration, Journal journal) {
        MongoProgress progress = new MongoProgress();
        journal.observe(progress::get);
        try {
            return work(migration, journal, progress, new Patience(journal, progress));
        } catch (Cancelled e) {
            return new Outcome.Stopped();
        } catch (MongoException e) {
            return new Outcome.Broken(
                    new Failure(null, FailureType.TARGET, "The target refuses: " + Trouble.told(e) + "."));
        }
    }

    private Outcome work(MongoMigration migration, Journal journal, MongoProgress progress, Patience patience) {
        Books books = books(migration);
        MongoClient client = targets.client(migration.connection());
        Abilities abilities = patience.run(() -> {
            books.open();
            return new Probe(client, books).find();
        });
        progress.promise(abilities.told());
        progress.does("waiting for the lease");
        try (Lease lease = patience.run(() -> Lease.acquire(books, migration.id(), holder, journal))) {
            ChangeSets work = new ChangeSets(client, books, migration, lease, abilities, faults, metrics);
            return apply(migration, journal, books, lease, work, patience, progress);
        }
    }

    private Outcome apply(
            MongoMigration migration,
            Journal journal,
            Books books,
            Lease lease,
            ChangeSets work,
            Patience patience,
            MongoProgress progress) {
        List<ChangeSet> open;
        try {
            open = patience.run(() -> open(migration, books));
        } catch (RunFailure e) {
            return new Outcome.Broken(new Failure(null, e.type(), e.text()));
        }
        int index = 0;
        for (ChangeSet changeSet : migration.changeSets()) {
            boolean isOpen = open.contains(changeSet);
            Outcome outcome = isOpen
                    ? new OneChangeSet(changeSet, index, journal, work, patience, progress).run(books, lease)
                    : new Outcome.Done();
            if (!(outcome instanceof Outcome.Done)) {
                return outcome;
            }
            for (int place = 1; !isOpen && place <= changeSet.steps().size(); place++) {
                skip(journal, index + place);
            }
            index += changeSet.steps().size();
        }
        return new Outcome.Done();
    }

    /** It was done by an earlier run. */
    private static void skip(Journal journal, int index) {
        journal.stepStarted(index);
        journal.stepFinished(index, 0);
    }

    private static List<ChangeSet> open(MongoMigration migration, Books books) {
        LedgerRules.Decision decision =
                LedgerRules.decide(migration.changeSets(), new Ledger(books, migration.id()).entries());
        return switch (decision) {
            case LedgerRules.Decision.Apply it -> it.changeSets();
            case LedgerRules.Decision.Refuse it -> throw new RunFailure(FailureType.LEDGER, it.why());
        };
    }

    private Books books(MongoMigration migration) {
        return new Books(targets.client(migration.connection()).getDatabase(migration.database()));
    }

    /** One change set, from its first step that is not done to the ledger. */
    private final class OneChangeSet {
        private final ChangeSet changeSet;
        private final int before;
        private final Journal journal;
        private final ChangeSets work;
        private final Patience patience;
        private final MongoProgress progress;

        OneChangeSet(
                ChangeSet changeSet,
                int before,
                Journal journal,
                ChangeSets work,
                Patience patience,
                MongoProgress progress) {
            this.changeSet = changeSet;
            this.before = before;
            this.journal = journal;
            this.work = work;
            this.patience = patience;
            this.progress = progress;
        }

        Outcome run(Books books, Lease lease) {
            Instant since = clock.instant();
            Ledger ledger = new Ledger(books, journal.run().migrationId());
            String run = journal.run().id();
            List<Long> counts = new ArrayList<>();
            int place = 0;
            try {
                begin(ledger, run, lease, since);
                for (place = 1; place <= changeSet.steps().size(); place++) {
                    Cancelled.check(journal);
                    journal.stepStarted(before + place);
                    long count = work.apply(changeSet, place, patience, journal, progress);
                    counts.add(count);
                    journal.stepFinished(before + place, count);
                }
                finish(ledger, run, lease, counts.stream().mapToLong(it -> it).sum());
                metrics.applied(changeSet.version().text(), since(since));
                return new Outcome.Done();
            } catch (RunFailure e) {
                return broken(place, e.type(), e.text(), since);
            } catch (MongoException e) {
                return broken(place, FailureType.REFUSED, told(place, e), since);
            }
        }

        private void begin(Ledger ledger, String run, Lease lease, Instant now) {
            patience.run(() -> {
                ledger.begin(changeSet, run, lease.token(), now);
                return true;
            });
            faults.at(Faults.Point.LEDGER_BEGUN);
        }

        private void finish(Ledger ledger, String run, Lease lease, long documents) {
            patience.run(() -> {
                lease.check();
                ledger.applied(changeSet, run, lease.token(), documents, clock.instant());
                return true;
            });
            faults.at(Faults.Point.CHANGE_SET_DONE);
            patience.run(() -> {
                work.checkpoints().forget(changeSet.version().text());
                return true;
            });
        }

        private Outcome broken(int place, FailureType type, String message, Instant since) {
            metrics.failed(changeSet.version().text(), type, since(since));
            String step = place == 0 ? null : changeSet.version() + " " + step(place);
            return new Outcome.Broken(new Failure(step, type, message));
        }

        private String told(int place, MongoException e) {
            return "Step %d (%s) of change set %s: %s. Correct the file or the data, and start a new run: it goes on from here."
                    .formatted(place, step(place), changeSet.version(), Trouble.told(e));
        }

        private String step(int place) {
            return place == 0 ? "" : changeSet.steps().get(place - 1).name();
        }

        private Duration since(Instant start) {
            Duration took = Duration.between(start, clock.instant());
            return took.isNegative() ? Duration.ZERO : took;
        }
    }
}

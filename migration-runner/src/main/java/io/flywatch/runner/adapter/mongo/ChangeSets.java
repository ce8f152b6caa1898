package io.flywatch.runner.adapter.mongo;

import com.mongodb.client.MongoClient;
import io.flywatch.runner.RunnerMetrics;
import io.flywatch.runner.batch.Pace;
import io.flywatch.runner.changeset.ChangeSet;
import io.flywatch.runner.migration.MongoMigration;
import io.flywatch.runner.run.Journal;
import io.flywatch.runner.step.Change;
import io.flywatch.runner.step.CreateCollection;
import io.flywatch.runner.step.CreateIndex;
import io.flywatch.runner.step.Insert;
import io.flywatch.runner.step.Step;
import io.flywatch.runner.step.Update;
import org.jspecify.annotations.Nullable;

/** Applies the steps of one migration, while its lease is held. */
final class ChangeSets {
    private final MongoClient client;
    private final Books books;
    private final MongoMigration migration;
    private final Lease lease;
    private final Abilities abilities;
    private final Checkpoints checkpoints;
    private final Faults faults;
    private final RunnerMetrics metrics;

    ChangeSets(
            MongoClient client,
            Books books,
            MongoMigration migration,
            Lease lease,
            Abilities abilities,
            Faults faults,
            RunnerMetrics metrics) {
        this.client = client;
        this.books = books;
        this.migration = migration;
        this.lease = lease;
        this.abilities = abilities;
        this.checkpoints = new Checkpoints(books, migration.id(), lease.token());
        this.faults = faults;
        this.metrics = metrics;
    }

    Checkpoints checkpoints() {
        return checkpoints;
    }

    /** Does a step, unless it is done; answers how many documents it changed in all, by whatever runners. */
    long apply(ChangeSet changeSet, int place, Patience patience, Journal journal, MongoProgress progress) {
        Step step = changeSet.steps().get(place - 1);
        StepKey key = new StepKey(migration.id(), changeSet.version(), place, step);
        Checkpoints.Point point = patience.run(() -> checkpoints.begin(key));
        progress.begins(step.name(), step.collection(), point.documents());
        if (point.done()) {
            return point.documents();
        }
        faults.at(Faults.Point.STEP_BEGUN);
        Long documents = work(key, patience, journal, progress);
        patience.run(() -> {
            lease.check();
            checkpoints.done(key, documents);
            return true;
        });
        faults.at(Faults.Point.STEP_DONE);
        Checkpoints.Point after = patience.run(() -> checkpoints.read(key, null));
        if (step instanceof Update) {
            Batches batches = new Batches(books, key);
            patience.run(() -> {
                batches.forget();
                return true;
            });
        }
        return after.documents();
    }

    /** Null where the checkpoint itself counts. */
    private @Nullable Long work(StepKey key, Patience patience, Journal journal, MongoProgress progress) {
        return switch (key.step()) {
            case CreateCollection step ->
                patience.run(() -> {
                    lease.check();
                    Definitions.create(books.database(), step);
                    return 0L;
                });
            case CreateIndex step ->
                patience.run(() -> {
                    lease.check();
                    Definitions.create(books.database(), step);
                    return 0L;
                });
            case Insert step -> {
                InsertStep insert = new InsertStep(books, key, step, lease, faults);
                long inserted = patience.run(insert::run);
                counted(key, inserted);
                progress.changed(inserted);
                yield inserted;
            }
            case Update step -> {
                update(key, step, patience, journal, progress);
                yield null;
            }
        };
    }

    private void update(StepKey key, Update step, Patience patience, Journal journal, MongoProgress progress) {
        Work work = new Work(
                books,
                key,
                step,
                checkpoints,
                new Batches(books, key),
                lease,
                faults,
                new Pace(step.batchSize()),
                changed -> {
                    counted(key, changed);
                    progress.changed(changed);
                });
        boolean byServer = step.change() instanceof Change.Operators || abilities.pipelineUpdates();
        Way way = abilities.transactions() && byServer
                ? new TransactionalWay(work, new Transactions(client, faults))
                : new MarkedWay(work, new Marking(work, abilities.pipelineUpdates()));
        new UpdateStep(work, way, patience, journal, progress).run();
    }

    private void counted(StepKey key, long documents) {
        metrics.changed(migration.id(), key.version().text(), key.step().collection(), documents);
    }
}

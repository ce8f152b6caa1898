package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.model.CountOptions;
import io.flywatch.runner.changeset.ChangeSet;
import io.flywatch.runner.changeset.Version;
import io.flywatch.runner.ledger.Entry;
import io.flywatch.runner.ledger.LedgerRules;
import io.flywatch.runner.migration.MongoMigration;
import io.flywatch.runner.run.DryRun;
import io.flywatch.runner.step.Batched;
import io.flywatch.runner.step.Expect;
import io.flywatch.runner.step.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** Finds out what a run would do, reading alone. */
final class DryRuns {
    private static final long COUNT_SECONDS = 10;

    private final Books books;
    private final MongoMigration migration;
    private final Explanations explanations;

    DryRuns(Books books, MongoMigration migration) {
        this.books = books;
        this.migration = migration;
        this.explanations = new Explanations(books.database());
    }

    DryRun find() {
        List<Entry> entries = new Ledger(books, migration.id()).entries();
        Map<Version, Entry> byVersion = new HashMap<>();
        entries.forEach(it -> byVersion.put(it.version(), it));
        LedgerRules.Decision decision = LedgerRules.decide(migration.changeSets(), entries);
        List<DryRun.Step> steps = new ArrayList<>();
        for (ChangeSet changeSet : migration.changeSets()) {
            Optional<Entry> entry = Optional.ofNullable(byVersion.get(changeSet.version()));
            for (int place = 1; place <= changeSet.steps().size(); place++) {
                steps.add(step(steps.size() + 1, changeSet, place, state(entry, place)));
            }
        }
        List<String> refusals = new ArrayList<>(new Obstacles(books, migration).find());
        if (decision instanceof LedgerRules.Decision.Refuse it) {
            refusals.addFirst(it.why());
        }
        return new DryRun(steps, refusals, explanations.remarks());
    }

    private static DryRun.State state(Optional<Entry> entry, int place) {
        if (entry.isEmpty() || entry.get().state() == Entry.State.ROLLED_BACK) {
            return DryRun.State.OPEN;
        }
        if (entry.get().isApplied()) {
            return DryRun.State.APPLIED;
        }
        return entry.get().mayHaveDone(place) ? DryRun.State.BEGUN : DryRun.State.OPEN;
    }

    private DryRun.Step step(int index, ChangeSet changeSet, int place, DryRun.State state) {
        Step step = changeSet.steps().get(place - 1);
        List<String> warnings = new ArrayList<>();
        if (changeSet.rollback(place).isEmpty()) {
            warnings.add("It can't be rolled back: the step says not how.");
        }
        Filtered filtered = state == DryRun.State.APPLIED
                ? new Filtered(null, null)
                : switch (step) {
                    case Batched it -> filtered(it.collection(), it.filter(), warnings);
                    case Expect it -> filtered(it.collection(), it.filter(), warnings);
                    default -> new Filtered(null, null);
                };
        String would = state == DryRun.State.APPLIED ? "nothing: it is applied" : Intentions.of(step, books, warnings);
        return new DryRun.Step(
                index,
                changeSet.version() + " " + step.name(),
                state,
                would,
                filtered.matches,
                filtered.index,
                warnings);
    }

    private record Filtered(
            @Nullable Long matches, @Nullable String index) {}

    private Filtered filtered(String collection, BsonDocument filter, List<String> warnings) {
        Long matches = null;
        try {
            matches = books.collection(collection)
                    .countDocuments(filter, new CountOptions().maxTime(COUNT_SECONDS, TimeUnit.SECONDS));
        } catch (MongoException e) {
            warnings.add("How many documents match is not known: " + Trouble.told(e) + ".");
        }
        return new Filtered(
                matches, explanations.index(collection, filter, warnings).orElse(null));
    }
}

package io.flywatch.runner.adapter.mongo;

import io.flywatch.runner.changeset.ChangeSet;
import io.flywatch.runner.changeset.Version;
import io.flywatch.runner.ledger.Entry;
import io.flywatch.runner.migration.MongoMigration;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.step.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands in the way of a migration's steps, before anything is done. */
final class Obstacles {
    private final Books books;
    private final MongoMigration migration;

    Obstacles(Books books, MongoMigration migration) {
        this.books = books;
        this.migration = migration;
    }

    /** Throws with all of them; a migration that has none is answered. */
    MongoMigration check() {
        List<String> found = find();
        if (!found.isEmpty()) {
            throw new RunFailure(FailureType.REFUSED, String.join(" ", found));
        }
        return migration;
    }

    List<String> find() {
        Map<Version, Entry> entries = new HashMap<>();
        new Ledger(books, migration.id()).entries().forEach(it -> entries.put(it.version(), it));
        Foresight foresight = new Foresight(Grounds.of(books.database()));
        List<String> found = new ArrayList<>();
        for (ChangeSet changeSet : migration.changeSets()) {
            Optional<Entry> entry = Optional.ofNullable(entries.get(changeSet.version()));
            if (entry.isEmpty() || !entry.get().isApplied()) {
                find(changeSet, entry, foresight, found);
            }
        }
        return found;
    }

    private void find(ChangeSet changeSet, Optional<Entry> entry, Foresight foresight, List<String> found) {
        for (int place = 1; place <= changeSet.steps().size(); place++) {
            Step step = changeSet.steps().get(place - 1);
            int here = place;
            if (entry.isPresent() && entry.get().mayHaveDone(place)) {
                foresight.pass(step);
            } else {
                String told = StepKey.of(migration.id(), changeSet.version(), here, step)
                        .told();
                foresight.obstacle(step).ifPresent(why -> found.add(told + ": " + why + "."));
            }
        }
    }
}

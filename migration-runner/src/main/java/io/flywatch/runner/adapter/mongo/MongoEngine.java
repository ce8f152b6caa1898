package io.flywatch.runner.adapter.mongo;

import io.flywatch.runner.migration.MongoMigration;
import io.flywatch.runner.run.Engine;
import io.flywatch.runner.run.Journal;
import io.flywatch.runner.run.Outcome;
import jakarta.inject.Singleton;
import java.util.List;

@Singleton
final class MongoEngine implements Engine<MongoMigration> {
    private final MongoTargets targets;

    MongoEngine(MongoTargets targets) {
        this.targets = targets;
    }

    @Override
    public List<String> steps(MongoMigration migration) {
        return List.of();
    }

    @Override
    public void check(MongoMigration migration) {
        targets.check(migration.connection());
    }

    @Override
    public Outcome work(MongoMigration migration, Journal journal) {
        throw new UnsupportedOperationException();
    }
}

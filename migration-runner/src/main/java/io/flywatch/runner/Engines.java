package io.flywatch.runner;

import io.flywatch.runner.migration.Migration;
import io.flywatch.runner.migration.MongoMigration;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.run.Engine;
import io.flywatch.runner.run.Journal;
import io.flywatch.runner.run.Outcome;
import jakarta.inject.Singleton;
import java.util.List;

/** Hands a migration to the engine of its kind. */
@Singleton
public final class Engines {
    private final Engine<MongoMigration> mongo;
    private final Engine<ReplicationMigration> replication;

    Engines(Engine<MongoMigration> mongo, Engine<ReplicationMigration> replication) {
        this.mongo = mongo;
        this.replication = replication;
    }

    /** The names of a run's steps. */
    public List<String> steps(Migration migration) {
        return switch (migration) {
            case MongoMigration it -> mongo.steps(it);
            case ReplicationMigration it -> replication.steps(it);
        };
    }

    /** Throws {@link io.flywatch.runner.run.RunFailure} if a run could not begin. */
    public void check(Migration migration) {
        switch (migration) {
            case MongoMigration it -> mongo.check(it);
            case ReplicationMigration it -> replication.check(it);
        }
    }

    /** Does the work. */
    public Outcome work(Migration migration, Journal journal) {
        return switch (migration) {
            case MongoMigration it -> mongo.work(it, journal);
            case ReplicationMigration it -> replication.work(it, journal);
        };
    }
}

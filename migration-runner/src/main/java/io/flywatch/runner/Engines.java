package io.flywatch.runner;

import io.flywatch.runner.migration.Migration;
import io.flywatch.runner.migration.MongoMigration;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.run.DryRun;
import io.flywatch.runner.run.Engine;
import io.flywatch.runner.run.Journal;
import io.flywatch.runner.run.Outcome;
import io.flywatch.runner.run.Undo;
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

    /** What a run would do now. */
    public DryRun dryRun(Migration migration) {
        return switch (migration) {
            case MongoMigration it -> mongo.dryRun(it);
            case ReplicationMigration it -> replication.dryRun(it);
        };
    }

    /** The names of a rollback's steps. */
    public List<String> rollbackSteps(Migration migration, Undo undo) {
        return switch (migration) {
            case MongoMigration it -> mongo.rollbackSteps(it, undo);
            case ReplicationMigration it -> replication.rollbackSteps(it, undo);
        };
    }

    /** Throws {@link io.flywatch.runner.run.RunFailure} if a rollback could not begin. */
    public void checkRollback(Migration migration, Undo undo) {
        switch (migration) {
            case MongoMigration it -> mongo.checkRollback(it, undo);
            case ReplicationMigration it -> replication.checkRollback(it, undo);
        }
    }

    /** Undoes what was done. */
    public Outcome rollBack(Migration migration, Undo undo, Journal journal) {
        return switch (migration) {
            case MongoMigration it -> mongo.rollBack(it, undo, journal);
            case ReplicationMigration it -> replication.rollBack(it, undo, journal);
        };
    }
}

package io.flywatch.runner;

import io.flywatch.runner.migration.ExternalMigration;
import io.flywatch.runner.migration.Migration;
import io.flywatch.runner.migration.MongoMigration;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.migration.SqlMigration;
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
    private final Engine<SqlMigration> sql;
    private final Engine<ExternalMigration> external;

    Engines(
            Engine<MongoMigration> mongo,
            Engine<ReplicationMigration> replication,
            Engine<SqlMigration> sql,
            Engine<ExternalMigration> external) {
        this.mongo = mongo;
        this.replication = replication;
        this.sql = sql;
        this.external = external;
    }

    /** The names of a run's steps. */
    public List<String> steps(Migration migration) {
        return switch (migration) {
            case MongoMigration it -> mongo.steps(it);
            case ReplicationMigration it -> replication.steps(it);
            case SqlMigration it -> sql.steps(it);
            case ExternalMigration it -> external.steps(it);
        };
    }

    /** Throws {@link io.flywatch.runner.run.RunFailure} if a run could not begin. */
    public void check(Migration migration) {
        switch (migration) {
            case MongoMigration it -> mongo.check(it);
            case ReplicationMigration it -> replication.check(it);
            case SqlMigration it -> sql.check(it);
            case ExternalMigration it -> external.check(it);
        }
    }

    /** Does the work. */
    public Outcome work(Migration migration, Journal journal) {
        return switch (migration) {
            case MongoMigration it -> mongo.work(it, journal);
            case ReplicationMigration it -> replication.work(it, journal);
            case SqlMigration it -> sql.work(it, journal);
            case ExternalMigration it -> external.work(it, journal);
        };
    }

    /** What a run would do now. */
    public DryRun dryRun(Migration migration) {
        return switch (migration) {
            case MongoMigration it -> mongo.dryRun(it);
            case ReplicationMigration it -> replication.dryRun(it);
            case SqlMigration it -> sql.dryRun(it);
            case ExternalMigration it -> external.dryRun(it);
        };
    }

    /** The names of a rollback's steps. */
    public List<String> rollbackSteps(Migration migration, Undo undo) {
        return switch (migration) {
            case MongoMigration it -> mongo.rollbackSteps(it, undo);
            case ReplicationMigration it -> replication.rollbackSteps(it, undo);
            case SqlMigration it -> sql.rollbackSteps(it, undo);
            case ExternalMigration it -> external.rollbackSteps(it, undo);
        };
    }

    /** Throws {@link io.flywatch.runner.run.RunFailure} if a rollback could not begin. */
    public void checkRollback(Migration migration, Undo undo) {
        switch (migration) {
            case MongoMigration it -> mongo.checkRollback(it, undo);
            case ReplicationMigration it -> replication.checkRollback(it, undo);
            case SqlMigration it -> sql.checkRollback(it, undo);
            case ExternalMigration it -> external.checkRollback(it, undo);
        }
    }

    /** Undoes what was done. */
    public Outcome rollBack(Migration migration, Undo undo, Journal journal) {
        return switch (migration) {
            case MongoMigration it -> mongo.rollBack(it, undo, journal);
            case ReplicationMigration it -> replication.rollBack(it, undo, journal);
            case SqlMigration it -> sql.rollBack(it, undo, journal);
            case ExternalMigration it -> external.rollBack(it, undo, journal);
        };
    }
}

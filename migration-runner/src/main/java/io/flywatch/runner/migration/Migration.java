package io.flywatch.runner.migration;

import io.flywatch.events.progress.MigrationKind;
import java.util.regex.Pattern;

/** What is to be done, as its file declares it. */
public sealed interface Migration permits MongoMigration, ReplicationMigration, SqlMigration, ExternalMigration {

    /** What an id looks like: it becomes part of names at Kafka Connect, in Kafka and in PostgreSQL. */
    Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /** What it is known by, everywhere. */
    String id();

    /** For a person. */
    String description();

    /** Its kind, in the words of events. */
    default MigrationKind kind() {
        return switch (this) {
            case MongoMigration mongo -> MigrationKind.MONGODB;
            case ReplicationMigration replication -> MigrationKind.REPLICATION;
            case SqlMigration sql -> MigrationKind.SQL;
            case ExternalMigration external -> MigrationKind.EXTERNAL;
        };
    }
}

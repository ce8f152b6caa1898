package io.flywatch.runner.migration;

import io.flywatch.runner.changeset.ChangeSet;
import java.util.List;

/**
 * Ordered change sets on one MongoDB database.
 *
 * @param connection the configured name of the connection
 * @param database the database that is changed, and that keeps the ledger
 * @param changeSets in growing order of their versions
 */
public record MongoMigration(
        String id, String description, String connection, String database, List<ChangeSet> changeSets)
        implements Migration {
    public MongoMigration {
        changeSets = List.copyOf(changeSets);
    }
}

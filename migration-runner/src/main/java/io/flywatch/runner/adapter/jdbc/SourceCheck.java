package io.flywatch.runner.adapter.jdbc;

import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/** Whether a source can be replicated as a migration wants it; each refusal says what is to be done at the source. */
final class SourceCheck {
    private final String name;
    private final SourceCatalogue source;

    SourceCheck(String name, SourceCatalogue source) {
        this.name = name;
        this.source = source;
    }

    void server(String slot) throws SQLException {
        String level = source.walLevel();
        if (!level.equals("logical")) {
            throw notReady(
                    "has wal_level=%s. Set wal_level=logical in its configuration and restart it.".formatted(level));
        }
        if (!source.mayReplicate()) {
            throw notReady("does not let '%s' replicate. Run: ALTER ROLE \"%s\" REPLICATION."
                    .formatted(source.user(), source.user()));
        }
        switch (source.slot(slot)) {
            case "active" ->
                throw notReady(
                        "has a replication slot %s that somebody reads. Stop that reader, or give the migration another id."
                                .formatted(slot));
            case "inactive" ->
                throw notReady(
                        "has a replication slot %s left from before. If nobody needs it, run: SELECT pg_drop_replication_slot('%s')."
                                .formatted(slot, slot));
            default -> {
                if (source.freeSlots() < 1) {
                    throw notReady(
                            "has no free replication slot. Raise max_replication_slots, or drop one that is not used.");
                }
            }
        }
    }

    List<SourceTable> tables(ReplicationMigration migration) throws SQLException {
        List<SourceTable> all = source.tables();
        List<String> wanted = migration.source().tables();
        if (wanted.contains(ReplicationMigration.EVERY_TABLE)) {
            List<SourceTable> keyed = all.stream()
                    .filter(it -> !it.partitioned() && !it.keyColumns().isEmpty() && it.readable())
                    .toList();
            if (keyed.isEmpty()) {
                throw table("has no table with a primary key that its user may read.");
            }
            generatedKeys(keyed);
            return keyed;
        }
        List<SourceTable> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String one : wanted) {
            all.stream()
                    .filter(it -> it.name().equals(one))
                    .findFirst()
                    .ifPresentOrElse(found::add, () -> missing.add(one));
        }
        if (!missing.isEmpty()) {
            throw table("has no table %s. Correct source.tables, or create it.".formatted(String.join(", ", missing)));
        }
        refuse(found, it -> !it.partitioned(), "is partitioned: name its partitions instead");
        refuse(found, it -> !it.keyColumns().isEmpty(), "has no primary key: add one, or leave the table out");
        refuse(found, SourceTable::readable, "may not be read by the source's user: GRANT SELECT on it");
        generatedKeys(found);
        return found;
    }

    private void generatedKeys(List<SourceTable> tables) {
        refuse(
                tables,
                it -> Collections.disjoint(it.keyColumns(), it.generatedColumns()),
                "has a generated column in its primary key, which PostgreSQL's log does not carry: give it a key of columns that"
                        + " are written, or leave the table out");
    }

    void publication(String publication, List<SourceTable> tables) throws SQLException {
        if (!source.hasPublication(publication)) {
            refuse(
                    tables,
                    SourceTable::owned,
                    "is not owned by the source's user, so it can't be published: make the user an owner, or as the owner"
                            + " CREATE PUBLICATION " + publication + " FOR TABLE with all tables of the migration");
        }
    }

    /** Debezium has no placeholder for some types' large values that an update leaves as they were: it writes null for them. */
    void largeValues(List<SourceTable> tables) throws SQLException {
        List<String> losing = source.losingLargeValues();
        List<String> found =
                tables.stream().map(SourceTable::name).filter(losing::contains).toList();
        if (!found.isEmpty()) {
            throw table(
                    ("has a table whose unchanged large values would arrive as null: %s. Debezium has no placeholder for some"
                                    + " of its types (docs/types.md). Run: ALTER TABLE %s REPLICA IDENTITY FULL.")
                            .formatted(String.join(", ", found), found.getFirst()));
        }
    }

    private void refuse(List<SourceTable> tables, Predicate<SourceTable> fits, String why) {
        List<String> others =
                tables.stream().filter(fits.negate()).map(SourceTable::name).toList();
        if (!others.isEmpty()) {
            throw table("has a table that can't be taken: %s %s.".formatted(String.join(", ", others), why));
        }
    }

    private RunFailure notReady(String what) {
        return new RunFailure(FailureType.SOURCE_NOT_READY, "The source '" + name + "' " + what);
    }

    private RunFailure table(String what) {
        return new RunFailure(FailureType.SOURCE_TABLE, "The source '" + name + "' " + what);
    }
}

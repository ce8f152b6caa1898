package io.flywatch.runner.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flywatch.events.pipeline.ColumnRule;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.run.RunFailure;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source as a server comes out of the box: not ready for logical replication. */
class SourceCheckIT {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path files;

    @SuppressWarnings("NullAway.Init") // set before each test
    private EmbeddedPostgres server;

    @BeforeEach
    void start() throws IOException, SQLException {
        server = EmbeddedPostgres.builder()
                .setDataDirectory(files.resolve("data"))
                .start();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table kept (id int primary key)");
            statement.execute("create table keyless (id int)");
        }
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void refusesAServerWithoutLogicalReplicationAndSaysWhatToSet() throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection()) {
            SourceCheck check = new SourceCheck("source", new SourceCatalogue(connection));

            assertThatThrownBy(() -> check.server("flywatch_shop"))
                    .isInstanceOf(RunFailure.class)
                    .hasMessage(
                            "The source 'source' has wal_level=replica. Set wal_level=logical in its configuration and"
                                    + " restart it.");
        }
    }

    @Test
    void namesTheTableThatIsMissingAndTheOneWithoutAKey() throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection()) {
            SourceCheck check = new SourceCheck("source", new SourceCatalogue(connection));

            assertThatThrownBy(() -> check.tables(migration("public.kept", "public.gone")))
                    .hasMessageContaining("has no table public.gone");
            assertThatThrownBy(() -> check.tables(migration("public.kept", "public.keyless")))
                    .hasMessageContaining("public.keyless has no primary key");
            assertThat(check.tables(migration("*")))
                    .extracting(SourceTable::name)
                    .containsExactly("public.kept");
        }
    }

    @Test
    void namesATableWhoseUnchangedLargeValuesWouldBeLost() throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table lossy (id int primary key, amounts numeric[])");
            SourceCheck check = new SourceCheck("source", new SourceCatalogue(connection));

            assertThatThrownBy(() -> check.largeValues(check.tables(migration("public.kept", "public.lossy"))))
                    .hasMessageContaining("ALTER TABLE public.lossy REPLICA IDENTITY FULL");
            statement.execute("alter table lossy replica identity full");
            check.largeValues(check.tables(migration("public.kept", "public.lossy")));
        }
    }

    @Test
    void knowsWhichColumnsTheLogDoesNotCarry() throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table summed (id int primary key, a int, b int generated always as (a * 2) stored)");
            statement.execute("create table doubled (a int, b int generated always as (a * 2) stored primary key)");
            SourceCheck check = new SourceCheck("source", new SourceCatalogue(connection));

            assertThat(check.tables(migration("public.kept", "public.summed")))
                    .extracting(SourceTable::generatedColumns)
                    .containsExactly(List.of(), List.of("b"));
            assertThatThrownBy(() -> check.tables(migration("public.doubled")))
                    .hasMessageContaining("public.doubled has a generated column in its primary key");
            assertThatThrownBy(() -> check.tables(migration("*"))).hasMessageContaining("leave the table out");
        }
    }

    @Test
    void takesNoOtherTablesColumnsForATables() throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table \"aXb\" (id int primary key, other text)");
            statement.execute("create table a_b (id int primary key)");
            SourceCheck check = new SourceCheck("source", new SourceCatalogue(connection));
            ReplicationMigration migration =
                    ruled("public.a_b", new ColumnRule("other", "o", ColumnRule.Action.KEEP, null));
            List<SourceTable> tables = check.tables(migration);

            assertThatThrownBy(() -> new MappingCheck(connection, false, true).check(migration, tables))
                    .hasMessageContaining("a rule for the column other of public.a_b, which is not there");
        }
    }

    @Test
    void refusesNamesThatNoCollectionCanHave() throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection()) {
            ReplicationMigration migration = migration("*");

            assertThatThrownBy(() -> new MappingCheck(connection, false, true)
                            .targets(migration, Map.of("public.cash$", "cash$")))
                    .hasMessageContaining("no collection 'cash$', as its name contains a $")
                    .hasMessageContaining("for public.cash$");
            new MappingCheck(connection, false, false).targets(migration, Map.of("public.cash$", "cash$"));
        }
    }

    @Test
    void refusesFieldsInsideOfDocumentsWhereTheyCannotBe() throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table homes (id int primary key, city text, home text)");
            List<SourceTable> tables =
                    new SourceCheck("source", new SourceCatalogue(connection)).tables(migration("public.homes"));
            MappingCheck documents = new MappingCheck(connection, false, true);

            documents.check(named("address.city"), tables);
            assertThatThrownBy(() -> documents.check(named("home.city"), tables))
                    .hasMessageContaining("there is home beside it");
            assertThatThrownBy(() -> new MappingCheck(connection, false, false).check(named("address.city"), tables))
                    .hasMessageContaining("only a MongoDB target has");
            statement.execute("drop table homes");
        }
    }

    /** The city becomes a field of this path. */
    private static ReplicationMigration named(String path) {
        return ruled("public.homes", new ColumnRule("city", path, ColumnRule.Action.KEEP, null));
    }

    private static ReplicationMigration ruled(String table, ColumnRule rule) {
        ReplicationMigration plain = migration(table);
        return new ReplicationMigration(
                plain.id(),
                plain.description(),
                plain.source(),
                new ReplicationMigration.Target(
                        "target",
                        "shop",
                        plain.target().policy(),
                        Map.of(table, new ReplicationMigration.Mapping(null, List.of(rule), null))),
                1,
                null);
    }

    private static ReplicationMigration migration(String... tables) {
        return new ReplicationMigration(
                "shop",
                "",
                new ReplicationMigration.Source(
                        "source", List.of(tables), ReplicationMigration.Heartbeat.NONE, Map.of()),
                new ReplicationMigration.Target("target", "shop"),
                1,
                null);
    }
}

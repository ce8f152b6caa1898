package io.flywatch.cdc.adapter.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.mapping.Mask;
import io.flywatch.cdc.mapping.TableMapping;
import io.flywatch.cdc.verify.Kind;
import io.flywatch.cdc.verify.Limits;
import io.flywatch.cdc.verify.Mismatch;
import io.flywatch.cdc.verify.Moment;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.cdc.verify.SourceTable;
import io.flywatch.cdc.verify.Surroundings;
import io.flywatch.cdc.verify.TableState;
import io.flywatch.cdc.verify.TableVerification;
import io.flywatch.events.pipeline.ColumnRule;
import io.flywatch.events.pipeline.ColumnRule.Action;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import io.flywatch.stack.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A PostgreSQL compared with another one, and verifications kept there. */
@SuppressWarnings("NullAway.Init") // set before all tests
class PgSidesIT {
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start(@TempDir Path dir) {
        postgres = EmbeddedPostgres.start(dir);
        postgres.createDatabase("copy");
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private static void execute(String database, String... statements) throws SQLException {
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    private static List<Mismatch> verify(String table, List<String> key, boolean summed) {
        return verify(table, key, summed, TableMapping.none());
    }

    private static List<Mismatch> verify(String table, List<String> key, boolean summed, TableMapping mapping) {
        List<Mismatch> found = new ArrayList<>();
        try (SqlTables.Opened source = SqlTables.open(postgres.jdbcUrl("postgres"), "public." + table, key);
                DbSession session =
                        new DbSession(postgres.jdbcUrl("copy"), EmbeddedPostgres.USER, EmbeddedPostgres.PASSWORD)) {
            String quoted = PgColumn.quoted(table);
            TargetDatabase.Side side = PgSides.of(
                    session,
                    source.shape(mapping),
                    table,
                    quoted,
                    session.run(connection -> PgCatalog.columns(connection, quoted)));
            assertThat(side.summable()).isEqualTo(summed);
            SourceTable rows = new SqlSource(
                    source.session(), source.table().summed(side.summable()), new MappedForm(side.form(), mapping));
            TableVerification verification =
                    new TableVerification(rows, side.table(), new Limits(64, 100, 10, 1_000, 1), new Surroundings() {
                        @Override
                        public void awaitLikelyApplied(Moment committed) {}

                        @Override
                        public Optional<String> awaitApplied(Moment committed) {
                            return Optional.empty();
                        }

                        @Override
                        public Set<RowKey> repair(List<RowKey> keys) {
                            return Set.of();
                        }

                        @Override
                        public void found(List<Mismatch> mismatches) {
                            found.addAll(mismatches);
                        }
                    });
            TableState state = TableState.of("t", "t").begun(null, List.of());
            while (!state.isDone()) {
                state = verification.step(state);
            }
            assertThat(state.tally().rows()).isBetween(990L, 1_000L);
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(strings = {"id bigint primary key", "id text primary key"})
    void findsEachDifferenceByChecksumsOfTheDatabases(String key) throws SQLException {
        String table = key.contains("text") ? "by_text" : "by_number";
        String make =
                "create table " + table + " (" + key + ", v text, n numeric, at timestamptz, j jsonb, tags text[])";
        String fill = "insert into " + table
                + " select i, 'v' || i, i / 7.0, '2024-01-01'::timestamptz + i * interval '1.000001 s',"
                + " jsonb_build_object('i', i), array['a b', null, 'c' || i] from generate_series(1, 1000) i";
        execute("postgres", make, fill);
        execute("copy", make, fill);
        assertThat(verify(table, List.of("id"), true)).isEmpty();

        execute(
                "copy",
                "delete from " + table + " where v in ('v5', 'v900')",
                "update " + table + " set tags = array['a b', 'c7'] where v = 'v7'",
                "insert into " + table + " (id) values (5000)");

        assertThat(verify(table, List.of("id"), true))
                .extracting(Mismatch::kind)
                .containsExactlyInAnyOrder(Kind.MISSING, Kind.MISSING, Kind.DIFFERENT, Kind.EXTRA);
    }

    @Test
    void comparesWhatBecomesOfColumnsOnTheirWay() throws SQLException {
        Mask mask = new Mask("sixteen bytes or more");
        TableMapping mapping = TableMapping.of(
                new TableRoute(
                        "public.people",
                        "people",
                        List.of("id"),
                        List.of(
                                new ColumnRule("id", "person", Action.KEEP, null),
                                new ColumnRule("ssn", null, Action.DROP, null),
                                new ColumnRule("email", "mail", Action.HASH, null),
                                new ColumnRule("zip", null, Action.CAST, "text"),
                                new ColumnRule("born", null, Action.CAST, "date"),
                                new ColumnRule("phone", null, Action.NULL, null),
                                new ColumnRule("city", null, Action.FIXED, "somewhere")),
                        null),
                mask);
        execute(
                "postgres",
                "create table people (id int primary key, ssn text, email text, zip int, born timestamp, phone text, city text, n numeric)",
                "insert into people select i, 's' || i, 'a', 10000 + i, timestamp '2000-01-01 12:00' + i * interval '1 day', 'p', 'c', i / 3.0"
                        + " from generate_series(1, 1000) i");
        String hidden = String.valueOf(mapping.row(new Row(
                        List.of("id", "ssn", "email", "zip", "born", "phone", "city", "n"),
                        1,
                        "",
                        "a",
                        1,
                        LocalDateTime.MIN,
                        "",
                        "",
                        1))
                .value(1));
        execute(
                "copy",
                "create table people (person int primary key, mail text, zip text, born date, phone text, city text, n numeric)",
                "insert into people select i, '" + hidden
                        + "', (10000 + i)::text, date '2000-01-01' + i, null, 'somewhere', i / 3.0"
                        + " from generate_series(1, 1000) i");

        assertThat(verify("people", List.of("id"), false, mapping)).isEmpty();

        execute(
                "copy",
                "update people set mail = 'a' where person = 3",
                "update people set zip = '1', phone = 'p' where person = 4",
                "delete from people where person = 5");
        assertThat(verify("people", List.of("id"), false, mapping))
                .containsExactlyInAnyOrder(
                        new Mismatch(RowKey.of("3"), Kind.DIFFERENT, List.of("mail")),
                        new Mismatch(RowKey.of("4"), Kind.DIFFERENT, List.of("phone", "zip")),
                        new Mismatch(RowKey.of("5"), Kind.MISSING, List.of()));
    }

    @Test
    void readsTheTargetsValuesAsThoseOfTheSource() throws SQLException {
        execute(
                "postgres",
                "create extension if not exists hstore",
                "create type mood as enum ('so', 'la')",
                "create table kinds (a int, b char(3), m mood, h hstore, j json, x xml, t timetz, primary key (a, b))",
                "insert into kinds select i, 'x' || i % 9, 'la', 'k=>v, n=>NULL', '{\"b\": 1.0, \"a\":[1]}', '<a/>', '12:00:00+02'"
                        + " from generate_series(1, 1000) i");
        execute(
                "copy",
                "create table kinds (a int, b char(3), m text, h jsonb, j json, x xml, t timetz, primary key (a, b))",
                "insert into kinds select i, 'x' || i % 9, 'la', '{\"n\": null, \"k\": \"v\"}', '{\"a\":[1],\"b\":1}', '<a/>', '10:00:00+00'"
                        + " from generate_series(1, 1000) i");

        assertThat(verify("kinds", List.of("a", "b"), false)).isEmpty();

        execute("copy", "update kinds set h = '{\"k\": \"w\"}' where a = 77");
        assertThat(verify("kinds", List.of("a", "b"), false))
                .containsExactly(new Mismatch(RowKey.of("77", "x5 "), Kind.DIFFERENT, List.of("h")));
    }

    @Test
    void keepsVerificationsAndTheirMismatches() {
        try (SqlVerifications store =
                new SqlVerifications(postgres.jdbcUrl("copy"), EmbeddedPostgres.USER, EmbeddedPostgres.PASSWORD)) {
            StoreContract.keepsVerificationsAndTheirMismatches(store);
        }
    }
}

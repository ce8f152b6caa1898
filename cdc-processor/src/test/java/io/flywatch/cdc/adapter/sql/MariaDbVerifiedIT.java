package io.flywatch.cdc.adapter.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flywatch.cdc.VerificationStore;
import io.flywatch.cdc.adapter.verify.Compared;
import io.flywatch.cdc.adapter.verify.SqlDatabase;
import io.flywatch.cdc.adapter.verify.SqlTables;
import io.flywatch.cdc.adapter.verify.SqlTables.Opened;
import io.flywatch.cdc.adapter.verify.SqlVerifications;
import io.flywatch.cdc.adapter.verify.StoreContract;
import io.flywatch.cdc.adapter.verify.TargetDatabase;
import io.flywatch.cdc.apply.Batch;
import io.flywatch.cdc.apply.Outcome;
import io.flywatch.cdc.apply.Route;
import io.flywatch.cdc.apply.Taken;
import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.mapping.Mask;
import io.flywatch.cdc.mapping.TableMapping;
import io.flywatch.cdc.order.Fold;
import io.flywatch.cdc.position.PartitionId;
import io.flywatch.cdc.position.Position;
import io.flywatch.cdc.verify.Kind;
import io.flywatch.cdc.verify.Mismatch;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.events.pipeline.ColumnRule;
import io.flywatch.events.pipeline.ColumnRule.Action;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import io.flywatch.stack.EmbeddedMariaDb;
import io.flywatch.stack.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables of a PostgreSQL and of a MariaDB, applied to a MariaDB as changes are, and verified there. */
@SuppressWarnings("NullAway.Init") // set before all tests
class MariaDbVerifiedIT {
    private static EmbeddedMariaDb mariaDb;
    private static EmbeddedPostgres postgres;
    private static SqlServer server;
    private static SqlVerifications store;

    @BeforeAll
    static void start(@TempDir Path dir) {
        assumeTrue(
                EmbeddedMariaDb.missing().isEmpty(),
                () -> EmbeddedMariaDb.missing().orElse(""));
        mariaDb = EmbeddedMariaDb.start(dir.resolve("mariadb"));
        mariaDb.createDatabase("shop");
        mariaDb.createDatabase("copy");
        postgres = EmbeddedPostgres.start(dir.resolve("postgres"));
        server = Servers.of(mariaDb.jdbcUrl("other"), "copy", EmbeddedMariaDb.USER, EmbeddedMariaDb.PASSWORD);
        store = new SqlVerifications(mariaDb.jdbcUrl("copy"), EmbeddedMariaDb.USER, EmbeddedMariaDb.PASSWORD);
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable each : List.of(store, server, postgres, mariaDb)) {
            each.close();
        }
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private static void atPostgres(String... statements) throws SQLException {
        execute(postgres.connect("postgres"), statements);
    }

    private static void atMariaDb(String... statements) throws SQLException {
        execute(mariaDb.connect("shop"), statements);
    }

    private static void atTarget(String... statements) throws SQLException {
        execute(mariaDb.connect("copy"), statements);
    }

    private static Opened open(boolean fromPostgres, String table, List<String> key) {
        return fromPostgres
                ? SqlTables.open(postgres.jdbcUrl("postgres"), "public." + table, key)
                : SqlTables.open(mariaDb.jdbcUrl("shop"), "shop." + table, key);
    }

    /** As the writer of a partition applies them. */
    private static void apply(String table, List<String> key, Collection<Change> changes) {
        SqlTarget target = new SqlTarget(server, Clock.systemUTC());
        PartitionId id = new PartitionId("verified", table, 0);
        Position before = Position.start(0, "run-1", "topic");
        Taken taken = target.take(id, "run-1");
        assertThat(taken).isInstanceOf(Taken.Ours.class);
        long epoch = ((Taken.Ours) taken).epoch();
        target.begin(id, epoch, before);
        Fold fold = new Fold();
        changes.forEach(fold::add);
        Route route = new Route.Table(new TableRoute("s." + table, table, key));
        assertThat(target.apply(new Batch(
                        id,
                        epoch,
                        route,
                        fold.result(),
                        before,
                        Position.start(1, "run-1", "topic"),
                        Set.of(),
                        Map.of())))
                .isEqualTo(new Outcome.Applied());
    }

    private static List<Mismatch> verify(Opened opened, String table, List<String> key, TableMapping mapping) {
        return verify(opened, table, key, mapping, false);
    }

    private static List<Mismatch> verify(
            Opened opened, String table, List<String> key, TableMapping mapping, boolean summed) {
        try (SqlDatabase target = SqlDatabase.ofMySql(
                mariaDb.jdbcUrl("copy"),
                EmbeddedMariaDb.USER,
                EmbeddedMariaDb.PASSWORD,
                store,
                SqlVerifying.OF_MYSQL)) {
            TargetDatabase.Side side =
                    target.side(new Route.Table(new TableRoute("s." + table, table, key)), opened.shape(mapping));
            assertThat(side.summable()).isEqualTo(summed);
            return Compared.of(summed ? opened.summed(side.form()) : opened.source(side.form(), mapping), side.table());
        }
    }

    @Test
    void findsEveryTypeOfPostgresqlEqual() throws SQLException {
        atPostgres(
                "create extension if not exists hstore",
                "create type mood as enum ('happy', 'so so')",
                """
                create table types (id bigint primary key, i2 smallint, i4 integer, num numeric(12,2), numfree numeric, mon money,
                  r4 real, r8 double precision, yes boolean, c char(5), vc varchar(20), t text, u uuid, m mood, ip inet, ci cidr,
                  mac macaddr, by bytea, js json, jb jsonb, hs hstore, d date, ts timestamp, ts3 timestamp(3), tz timestamptz, ti time,
                  ti3 time(3), tiz timetz, iv interval, ai integer[], at text[], an numeric[], aj jsonb[], atz timestamptz[],
                  au uuid[], ab boolean[], abig bigint[], ir int4range, b1 bit(1), b8 bit(8), vb bit varying(10),
                  x xml, tv tsvector, pt point)""",
                """
                insert into types values (1, -2, 3, 12.50, 123456789012345678901234567890.1234500, 12.34, 3.14, 2.718281828459045, true, 'ab',
                  'trailing  ', E'Zoë 🚚\\n\\t\\\\ ''q''', 'A0EEBC99-9c0b-4ef8-bb6d-6bb9bd380a11', 'so so', '10.0.0.1/8', '10.0.0.0/8',
                  '08:00:2b:01:02:03', '\\x00ff10', '{"b": 1.10, "a": [1, 1e400], "b": 2}', '{"n": 12345678901234567890.12}', 'k=>v, n=>NULL',
                  '2024-02-29', '2024-02-29 12:34:56.123456', '2024-02-29 12:34:56.5', '2024-02-29 12:34:56.123456+02', '12:34:56.123456',
                  '24:00', '12:00+02', '1 year 2 mons 3 days 04:05:06.7', '{1,NULL,2}', '{"a b",NULL,""}', '{1.50,2}', array['{"a":1}'::jsonb],
                  '{"2024-01-01 00:00+00"}', '{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}', '{t,f,NULL}', '{9007199254740993}', '[1,5)', '1',
                  '10110001', '101', '<a>1</a>', 'fat cat', '(1.5,-2.5)')""",
                """
                insert into types (id, r4, r8, num, t, vc, c, by, d, ts, ti, b1, js) values
                  (2, '-0', 1e-300, 0.00, '', ' ', '', '', '0001-01-01', '9999-12-31 23:59:59.999999', '00:00', '0', 'null'),
                  (-9223372036854775808, 1e38, 1.7976931348623157e308, -9999999999.99, null, null, null, null, null, null, null, null, '"x"')""",
                "insert into types (id) values (3)");
        try (Opened opened = open(true, "types", List.of("id"))) {
            apply("types", List.of("id"), opened.changes(TableMapping.none()));

            assertThat(verify(opened, "types", List.of("id"), TableMapping.none()))
                    .isEmpty();

            atTarget(
                    "update types set r8 = 2.718281828459046, tz = tz + interval 1 microsecond where id = 1",
                    "update types set t = null, ti = '00:00:00.000001' where id = 2",
                    "update types set i4 = 0 where id = 3");
            assertThat(verify(opened, "types", List.of("id"), TableMapping.none()))
                    .containsExactlyInAnyOrder(
                            new Mismatch(RowKey.of("1"), Kind.DIFFERENT, List.of("r8", "tz")),
                            new Mismatch(RowKey.of("2"), Kind.DIFFERENT, List.of("t", "ti")),
                            new Mismatch(RowKey.of("3"), Kind.DIFFERENT, List.of("i4")));
        }
    }

    @Test
    void findsEveryTypeOfMariaDbEqualByChecksumsOfTheDatabases() throws SQLException {
        atMariaDb(
                "set sql_mode = ''",
                "create table kinds (id bigint unsigned primary key, ti tinyint, tu tinyint unsigned, sm smallint, me mediumint,"
                        + " i int, iu int unsigned zerofill, b bigint, bu bigint unsigned, de decimal(30,10), fl float, db double, b1 bit(1),"
                        + " b8 bit(12), c char(5), v varchar(40), la varchar(40) charset latin1, t mediumtext, e enum('so so','good'),"
                        + " s set('x','y','z'), bi binary(4), vb varbinary(16), bl blob, js json, d date, dt datetime, dt6 datetime(6),"
                        + " ts timestamp(6) null, tm time, tm6 time(6), y year, bo boolean, zn date not null)",
                "insert into kinds values (18446744073709551615, -128, 255, -32768, 8388607, -2147483648, 42, -9223372036854775808,"
                        + " 18446744073709551615, 12345678901234567890.1234567890, 3.14, 2.718281828459045, b'1', b'101100010001', 'ab  ',"
                        + " 'Zoë 🚚  ', 'Zoë', 'a\\nb', 'so so', 'x,z', x'00ff', x'00ff00', x'0001', '{\"a\": 1.10}', '2024-02-29',"
                        + " '2024-02-29 12:34:56', '2024-02-29 12:34:56.123456', '2024-02-29 12:34:56.123456', '12:34:56',"
                        + " '-26:10:00.5', 2024, true, '2024-01-01')",
                "insert into kinds (id, fl, db, b1, c, v, d, zn) values (2, -0.0, 1e-300, b'0', '', ' ', '0000-00-00', '0000-00-00')",
                "insert into kinds (id, zn) select 100 + seq, '2024-01-01' from seq_1_to_300");
        try (Opened opened = open(false, "kinds", List.of("id"))) {
            apply("kinds", List.of("id"), opened.changes(TableMapping.none()));

            assertThat(verify(opened, "kinds", List.of("id"), TableMapping.none(), true))
                    .isEmpty();

            atTarget(
                    "update kinds set bu = 18446744073709551614, fl = 3.1400003 where id = 18446744073709551615",
                    "update kinds set v = '' where id = 2",
                    "delete from kinds where id = 150",
                    "insert into kinds (id) values (18446744073709551614)");
            List<Mismatch> found = verify(opened, "kinds", List.of("id"), TableMapping.none(), true);
            assertThat(found)
                    .containsExactlyInAnyOrder(
                            new Mismatch(RowKey.of("18446744073709551615"), Kind.DIFFERENT, List.of("bu", "fl")),
                            new Mismatch(RowKey.of("2"), Kind.DIFFERENT, List.of("v")),
                            new Mismatch(RowKey.of("150"), Kind.MISSING, List.of()),
                            new Mismatch(RowKey.of("18446744073709551614"), Kind.EXTRA, List.of()));

            apply(
                    "kinds",
                    List.of("id"),
                    opened.changes(
                                    TableMapping.none(),
                                    found.stream().map(Mismatch::key).toList())
                            .values());
            assertThat(verify(opened, "kinds", List.of("id"), TableMapping.none(), true))
                    .as("repaired")
                    .isEmpty();
        }
    }

    static Stream<Arguments> keys() {
        return Stream.of(
                Arguments.of(true, "k_int", "id int primary key", "seq", List.of("id")),
                Arguments.of(true, "k_uuid", "id uuid primary key", "md5(seq::text)::uuid", List.of("id")),
                Arguments.of(true, "k_text", "id text primary key", "'k ' || chr(200 + seq) || seq", List.of("id")),
                Arguments.of(true, "k_char", "id char(9) primary key", "'c' || seq", List.of("id")),
                Arguments.of(true, "k_numeric", "id numeric primary key", "seq::numeric * 2.50", List.of("id")),
                Arguments.of(
                        true,
                        "k_time",
                        "id timestamptz primary key",
                        "timestamptz '2024-01-01' + seq * interval '1.000001 s'",
                        List.of("id")),
                Arguments.of(true, "k_date", "id date primary key", "date '1999-12-01' + seq", List.of("id")),
                Arguments.of(true, "k_binary", "id bytea primary key", "decode(md5(seq::text), 'hex')", List.of("id")),
                Arguments.of(
                        true,
                        "k_pair",
                        "a int, b bigint, primary key (b, a)",
                        "seq % 13 - 6, seq % 7 - 3 + seq",
                        List.of("b", "a")),
                Arguments.of(
                        true, "k_two", "a text, b bool, primary key (a, b)", "'x,' || seq, true", List.of("a", "b")),
                Arguments.of(
                        false, "m_unsigned", "id bigint unsigned primary key", "9007199254740 + seq", List.of("id")),
                Arguments.of(
                        false,
                        "m_text",
                        "id varchar(40) primary key",
                        "concat(char(97 + seq mod 26), ' ', seq)",
                        List.of("id")),
                Arguments.of(
                        false,
                        "m_time",
                        "id datetime(6) primary key",
                        "timestamp('2024-01-01') + interval seq * 1000001 microsecond",
                        List.of("id")),
                Arguments.of(
                        false,
                        "m_pair",
                        "a int, b varbinary(9), primary key (b, a)",
                        "seq mod 13, concat('x,', seq mod 7, seq)",
                        List.of("b", "a")));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void findsEachDifferenceUnderEachKindOfKey(
            boolean fromPostgres, String name, String definition, String values, List<String> key) throws SQLException {
        String create = "create table " + name + " (" + definition + ", v varchar(60))";
        String fill = "insert into " + name + " select " + values;
        if (fromPostgres) {
            atPostgres(create, fill + ", 'v' || seq from generate_series(1, 200) seq");
        } else {
            atMariaDb(create, fill + ", concat('v', seq) from seq_1_to_200");
        }
        boolean summed =
                name.equals("m_unsigned") || name.equals("m_text") || name.equals("m_time") || name.equals("m_pair");
        try (Opened opened = open(fromPostgres, name, key)) {
            apply(name, key, opened.changes(TableMapping.none()));
            assertThat(verify(opened, name, key, TableMapping.none(), summed)).isEmpty();

            atTarget(
                    "delete from " + name + " where v in ('v3', 'v190')",
                    "update " + name + " set v = 'tampered' where v = 'v20'");
            execute(
                    fromPostgres ? postgres.connect("postgres") : mariaDb.connect("shop"),
                    "delete from " + name + " where v in ('v77', 'v200')");

            List<Mismatch> found = verify(opened, name, key, TableMapping.none(), summed);
            assertThat(found)
                    .extracting(Mismatch::kind)
                    .containsExactlyInAnyOrder(Kind.MISSING, Kind.MISSING, Kind.DIFFERENT, Kind.EXTRA, Kind.EXTRA);

            apply(
                    name,
                    key,
                    opened.changes(
                                    TableMapping.none(),
                                    found.stream().map(Mismatch::key).toList())
                            .values());
            assertThat(verify(opened, name, key, TableMapping.none(), summed))
                    .as("repaired")
                    .isEmpty();
        }
    }

    /** The user's own table: other types, a collation that ignores case, a column that the database computes. */
    @Test
    void comparesATableThatWasThereBefore() throws SQLException {
        atPostgres(
                "create table own (code text primary key, name text, born date, ok boolean, n int, big numeric, secret text)",
                "insert into own values ('a', 'Ann', '2001-02-03', true, 1, 1.50, 's'), ('B', 'bob', '2001-02-03', false, 2, 7, 's')");
        atTarget(
                "create table own (code varchar(20) collate utf8mb4_general_ci primary key, name varchar(50) charset latin1,"
                        + " born datetime, ok bit(1), n bigint, big decimal(20,4), secret char(64), twice bigint as (n * 2) stored)"
                        + " engine = InnoDB");
        TableMapping mapping = TableMapping.of(
                new TableRoute(
                        "public.own",
                        "own",
                        List.of("code"),
                        List.of(new ColumnRule("secret", null, Action.HASH, null)),
                        null),
                new Mask("sixteen bytes or more"));
        try (Opened opened = open(true, "own", List.of("code"))) {
            apply("own", List.of("code"), opened.changes(mapping));

            assertThat(verify(opened, "own", List.of("code"), mapping)).isEmpty();

            atTarget("update own set code = 'A' where code = 'a'", "update own set ok = b'1' where n = 2");
            assertThat(verify(opened, "own", List.of("code"), mapping))
                    .as("another key, however alike a collation holds it")
                    .containsExactlyInAnyOrder(
                            new Mismatch(RowKey.of("a"), Kind.MISSING, List.of()),
                            new Mismatch(RowKey.of("A"), Kind.EXTRA, List.of()),
                            new Mismatch(RowKey.of("B"), Kind.DIFFERENT, List.of("ok")));
        }
    }

    @Test
    void keepsVerificationsAndTheirMismatches() {
        VerificationStore kept = store;

        StoreContract.keepsVerificationsAndTheirMismatches(kept);
    }
}

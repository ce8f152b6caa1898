package io.flywatch.cdc.adapter.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flywatch.cdc.apply.Batch;
import io.flywatch.cdc.apply.Outcome;
import io.flywatch.cdc.apply.Target;
import io.flywatch.stack.EmbeddedMariaDb;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MariaDB as a target. */
class MariaDbTargetIT extends SqlTargetContract {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path dir;

    private static @Nullable EmbeddedMariaDb mariaDb;

    private static @Nullable SqlServer server;

    @BeforeAll
    static void start() {
        assumeTrue(
                EmbeddedMariaDb.missing().isEmpty(),
                () -> EmbeddedMariaDb.missing().orElse(""));
        EmbeddedMariaDb started = EmbeddedMariaDb.start(dir);
        mariaDb = started;
        started.createDatabase("shop");
        server = Servers.of(started.jdbcUrl("other"), "shop", EmbeddedMariaDb.USER, EmbeddedMariaDb.PASSWORD);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        if (mariaDb != null) {
            mariaDb.close();
        }
    }

    @Override
    SqlServer server() {
        return java.util.Objects.requireNonNull(server);
    }

    @Override
    Connection connect() throws SQLException {
        return java.util.Objects.requireNonNull(mariaDb).connect("shop");
    }

    @Test
    void keepsEveryType() throws SQLException {
        assertThat(typed(0)).containsAllEntriesOf(lines("""
                id | 1
                i2 | 1
                i4 | 2
                num | 12.50
                numfree | 123456789012345678901234567890.123456789
                mon | 12.34
                r4 | 3.14
                r8 | 2.718281828459045
                yes | 1
                c | ab~~~
                vc | vc
                t | Zoë 🚚
                u | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11
                m | so so
                ip | 10.0.0.1/8
                mac | 08:00:2b:01:02:03
                by | 00ff10
                d | 2024-02-29
                ts | 2024-02-29 12:34:56.123456
                tz | 2024-02-29 10:34:56.123456
                ti | 12:34:56.123456
                tiz | 10:34:56Z
                iv | P1Y2M3DT4H5M6.7S
                ai | [1,2,null]
                at | ["a","b c",null]
                ab | [true,false]
                abig | [9007199254740993]
                ir | [1,5)
                b1 | 1
                b8 | 10110001
                vb | 101
                x | <a>1</a>
                tv | 'a' 'cat' 'fat'"""));
    }

    @Test
    void refusesWhatMySqlHasNoFormFor() {
        Target target = target();
        long epoch = begun(target);
        changes.add(TypedRows.snapshot("types").get(0));
        changes.add(TypedRows.snapshot("types").get(1));

        assertThat(target.apply(batch(epoch, 0, 1)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reasons().values())
                                .singleElement()
                                .asString()
                                .contains("no infinity and no NaN"));
    }

    private SqlServer afresh() {
        return Servers.of(
                java.util.Objects.requireNonNull(mariaDb).jdbcUrl("other"),
                "shop",
                EmbeddedMariaDb.USER,
                EmbeddedMariaDb.PASSWORD);
    }

    @Test
    void tellsABatchThatIsTooMuchForTheTimeThatAStatementHas() {
        long epoch = begun(target());
        slowRows(
                target(),
                epoch,
                "create trigger slow_" + table + " before insert on " + table + " for each row do sleep(0.05)",
                "set global max_statement_time = 0.8");
        try (SqlServer hurried = afresh()) {
            Target target = new SqlTarget(hurried, java.time.Clock.systemUTC());

            assertThat(target.apply(batch(epoch, 1, 2)))
                    .isInstanceOfSatisfying(
                            Outcome.TooMuch.class,
                            tooMuch -> assertThat(tooMuch.reason()).contains("1969"));

            for (int i = 0; i < 3; i++) {
                put(row(i, "b", "1.00", null));
            }
            applied(target, epoch, 1, 2);
        } finally {
            execute("set global max_statement_time = 0");
        }
        assertThat(rows(table)).hasSize(3);
    }

    /** The server closes the connection that it was sent too much on, and its reason may come too late: then it looks as if it were away. */
    private static Outcome inTheEnd(Target target, Batch batch) {
        Outcome outcome = target.apply(batch);
        for (int i = 0; i < 20 && outcome instanceof Outcome.Away; i++) {
            outcome = target.apply(batch);
        }
        return outcome;
    }

    /** Rows that fit one by one, and one that does not fit by itself. */
    @Test
    void tellsABatchThatIsTooMuchForAPacketFromARowThatIs() {
        Target target = target();
        long epoch = begun(target);
        put(row(1, "a", "1.00", null));
        applied(target, epoch, 0, 1);
        execute("set global max_allowed_packet = 1048576");
        try (SqlServer narrow = afresh()) {
            Target limited = new SqlTarget(narrow, java.time.Clock.systemUTC());
            put(row(2, "b", "1.00", "x".repeat(700_000)));
            put(row(3, "b", "1.00", "y".repeat(700_000)));
            assertThat(inTheEnd(limited, batch(epoch, 1, 2))).isInstanceOf(Outcome.TooMuch.class);

            put(row(2, "b", "1.00", "x".repeat(700_000)));
            assertThat(inTheEnd(limited, batch(epoch, 1, 2))).isEqualTo(new Outcome.Applied());

            put(row(4, "b", "1.00", "z".repeat(1_500_000)));
            assertThat(inTheEnd(limited, batch(epoch, 2, 3)))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.reasons().values())
                                    .singleElement()
                                    .asString()
                                    .contains("max_allowed_packet"));
        } finally {
            execute("set global max_allowed_packet = 16777216");
        }
        assertThat(rows(table)).containsOnlyKeys(1L, 2L);
    }

    @Test
    void refusesATableWithoutTransactions() {
        execute("create table " + table
                + " (id bigint primary key, name varchar(20), amount decimal(12,2), note text) engine = MyISAM");
        Target target = target();
        long epoch = begun(target);
        put(row(1, "a", "1.00", null));

        assertThat(target.apply(batch(epoch, 0, 1)))
                .isInstanceOfSatisfying(
                        Outcome.Away.class, away -> assertThat(away.reason()).contains("MyISAM"));
    }

    @Test
    void writesInASessionThatIsStrictAndLeavesForeignKeysToTheSource() throws SQLException {
        try (Connection connection = server().open();
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "select @@sql_mode, @@foreign_key_checks, @@time_zone, @@character_set_client")) {
            row.next();
            assertThat(row.getString(1)).contains("STRICT_ALL_TABLES", "NO_AUTO_VALUE_ON_ZERO");
            assertThat(row.getInt(2)).isZero();
            assertThat(row.getString(3)).isEqualTo("+00:00");
            assertThat(row.getString(4)).isEqualTo("utf8mb4");
        }
    }
}

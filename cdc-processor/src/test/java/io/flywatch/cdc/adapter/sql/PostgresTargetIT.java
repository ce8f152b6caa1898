package io.flywatch.cdc.adapter.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.cdc.apply.Outcome;
import io.flywatch.cdc.apply.Target;
import io.flywatch.stack.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL as a target. */
class PostgresTargetIT extends SqlTargetContract {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path dir;

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedPostgres postgres;

    @SuppressWarnings("NullAway.Init")
    private static SqlServer server;

    @BeforeAll
    static void start() {
        postgres = EmbeddedPostgres.start(dir);
        postgres.createDatabase("shop");
        server = Servers.of(postgres.jdbcUrl("other"), "shop", EmbeddedPostgres.USER, EmbeddedPostgres.PASSWORD);
    }

    @AfterAll
    static void stop() {
        server.close();
        postgres.close();
    }

    @Override
    SqlServer server() {
        return server;
    }

    @Override
    Connection connect() throws SQLException {
        return postgres.connect("shop");
    }

    /** Every one of them is broken: a pool that handed them out again would never be rid of them. */
    @Test
    void writesAgainAfterItsConnectionsWereCut() throws SQLException {
        Target target = target();
        long epoch = begun(target);
        put(row(1, "a", "1.00", "before"));
        applied(target, epoch, 0, 1);
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname = 'shop' and pid <> pg_backend_pid()");
        }
        put(row(2, "a", "1.00", "after"));

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(target.apply(batch(epoch, 1, 2))).isInstanceOf(Outcome.Applied.class));
    }

    @Test
    void refusesTextThatPostgresHasNoFormFor() {
        Target target = target();
        long epoch = begun(target);
        put(row(1, "a", "1.00", "zero \0 inside"));
        put(row(2, "a", "1.00", "good"));

        assertThat(target.apply(batch(epoch, 0, 1)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reasons()).containsOnlyKeys(key(1)));
    }

    @Test
    void keepsEveryType() throws SQLException {
        assertThat(typed(0)).containsAllEntriesOf(lines("""
                id | 1
                i2 | 1
                i4 | 2
                num | 12.50
                numfree | 123456789012345678901234567890.123456789
                mon | $12.34
                r4 | 3.14
                r8 | 2.718281828459045
                yes | t
                c | ab~~~
                vc | vc
                t | Zoë 🚚
                u | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11
                m | so so
                ip | 10.0.0.1/8
                ci | 10.0.0.0/8
                mac | 08:00:2b:01:02:03
                by | \\x00ff10
                d | 2024-02-29
                ts | 2024-02-29 12:34:56.123456
                tz | 2024-02-29 10:34:56.123456+00
                ti | 12:34:56.123456
                ti3 | 12:34:56.123
                tiz | 10:34:56+00
                iv | 1 year 2 mons 3 days 04:05:06.7
                ai | {1,2,NULL}
                at | {a,"b c",NULL}
                au | {a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}
                ab | {t,f}
                abig | {9007199254740993}
                ir | [1,5)
                b1 | 1
                b8 | 10110001
                vb | 101
                x | <a>1</a>
                tv | 'a' 'cat' 'fat'"""));
    }

    @Test
    void keepsTheEndsOfEachType() throws SQLException {
        assertThat(typed(1)).containsAllEntriesOf(lines("""
                numfree | NaN
                r4 | NaN
                r8 | Infinity
                d | infinity
                ts | infinity
                tz | infinity
                ti | 24:00:00
                u | null"""));
    }

    @Test
    void keepsDatesBeforeAllOthers() throws SQLException {
        assertThat(typed(3)).containsAllEntriesOf(lines("""
                d | 1066-10-14
                tz | 294276-12-31 23:59:59+00"""));
    }

    @Test
    void tellsABatchThatIsTooMuchForTheTimeThatAStatementHas() {
        long epoch = begun(target());
        slowRows(
                target(),
                epoch,
                "create function slow() returns trigger language plpgsql as 'begin perform pg_sleep(0.05); return new; end'",
                "create trigger slow before insert on " + table + " for each row execute function slow()",
                "alter table " + table + " enable always trigger slow",
                "alter database shop set statement_timeout = '800ms'");
        SqlServer hurried =
                Servers.of(postgres.jdbcUrl("other"), "shop", EmbeddedPostgres.USER, EmbeddedPostgres.PASSWORD);
        try (hurried) {
            Target target = new SqlTarget(hurried, java.time.Clock.systemUTC());

            assertThat(target.apply(batch(epoch, 1, 2)))
                    .isInstanceOfSatisfying(
                            Outcome.TooMuch.class,
                            tooMuch -> assertThat(tooMuch.reason()).contains("57014", "statement_timeout"));

            for (int i = 0; i < 3; i++) {
                put(row(i, "b", "1.00", null));
            }
            applied(target, epoch, 1, 2);
        } finally {
            execute("alter database shop reset statement_timeout");
        }
        assertThat(rows(table)).hasSize(3);
    }

    @Test
    void isAwayWhileTheServerIs() {
        SqlServer nobody = Servers.of("jdbc:postgresql://127.0.0.1:1/none", "shop", "nobody", "nothing");
        Target away = new SqlTarget(nobody, java.time.Clock.systemUTC());

        assertThat(away.apply(batch(1, 0, 1))).isInstanceOf(Outcome.Away.class);
        nobody.close();
    }
}

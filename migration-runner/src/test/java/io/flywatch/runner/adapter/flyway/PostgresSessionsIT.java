package io.flywatch.runner.adapter.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flywatch.runner.blocking.BlockingPolicy;
import io.flywatch.runner.run.Failure;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.Outcome;
import io.flywatch.runner.run.Suspended;
import io.flywatch.runner.run.Wish;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class PostgresSessionsIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    static Path files;

    static PostgresBenches benches;

    ScriptBench bench;

    @BeforeAll
    static void start() {
        benches = PostgresBenches.start(files);
    }

    @AfterAll
    static void stop() {
        benches.close();
    }

    @BeforeEach
    void database(@TempDir Path folder) {
        bench = benches.next(folder);
    }

    @Test
    void cancelsTheStatementAtWorkAndKeepsNothingOfItsScript() throws Exception {
        bench.script("V2__slow.sql", "insert into orders values (1, 'a');\nselect pg_sleep(600);");
        MemoryJournal journal = bench.journal();
        CompletableFuture<Outcome> run = bench.start(journal);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(journal.progress().activity()).contains("select pg_sleep(600)"));

        journal.wish = Optional.of(Wish.CANCEL);

        assertThat(run).succeedsWithin(LONG).isEqualTo(new Outcome.Stopped());
        assertThat(bench.value("select count(*) from orders")).isEqualTo("0");
        assertThat(bench.value("select count(*) from pg_stat_activity where application_name like 'flywatch-run%'"
                        + " and datname = current_database()"))
                .isEqualTo("0");
    }

    @Test
    void standsStillBetweenScriptsWhenAPauseIsAskedFor() throws Exception {
        bench.script("V2__slow.sql", "select pg_sleep(2);")
                .script("V3__more.sql", "insert into orders values (3, 'c');");
        MemoryJournal journal = bench.journal();
        CompletableFuture<Outcome> run = bench.start(journal);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(journal.progress().activity()).contains("select pg_sleep(2)"));

        journal.wish = Optional.of(Wish.PAUSE);

        assertThat(run)
                .failsWithin(LONG)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(Suspended.class);
        assertThat(journal.told).contains("finished V2__slow.sql 0").doesNotContain("started V3__more.sql");
        journal.wish = Optional.empty();
        assertThat(bench.run(journal)).isEqualTo(new Outcome.Done());
        assertThat(bench.value("select count(*) from orders")).isEqualTo("1");
    }

    @Test
    void leavesNothingAtWorkWhenTheRunnerStops() throws Exception {
        bench.script("V2__slow.sql", "insert into orders values (1, 'a');\nselect pg_sleep(600);");
        MemoryJournal journal = bench.journal();
        CompletableFuture<Outcome> run = bench.start(journal);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(journal.progress().activity()).contains("select pg_sleep(600)"));

        journal.stopping = true;

        assertThat(run).failsWithin(LONG).withThrowableOfType(ExecutionException.class);
        assertThat(bench.value("select count(*) from orders")).isEqualTo("0");
    }

    @Test
    void tellsWhoWaitsAndCancelsWhatKeepsThemWaitingForTooLong() throws Exception {
        bench.run();
        bench.migration = ScriptBench.migration(
                Map.of(), null, false, new BlockingPolicy(Duration.ofMillis(500), Duration.ofSeconds(4)));
        bench.script("V2__locks.sql", "alter table orders add column extra int;\nselect pg_sleep(600);");
        MemoryJournal journal = bench.journal();
        CompletableFuture<Outcome> run = bench.start(journal);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(journal.progress().activity()).contains("select pg_sleep(600)"));

        CompletableFuture<String> reader = CompletableFuture.supplyAsync(() -> {
            try {
                return bench.value("select count(*) from orders");
            } catch (SQLException e) {
                return e.getMessage();
            }
        });

        await().atMost(LONG).untilAsserted(() -> {
            assertThat(journal.progress().server().blockedSessions()).isEqualTo(1);
            assertThat(journal.progress().server().longestBlockedSeconds()).isGreaterThan(0.5);
            assertThat(journal.progress().activity())
                    .contains("blocking: 1 session waits", "select count(*) from orders");
        });
        assertThat(run).succeedsWithin(LONG).satisfies(it -> {
            Failure failure = ((Outcome.Broken) it).failure();
            assertThat(failure.type()).isEqualTo(FailureType.BLOCKING);
            assertThat(failure.message())
                    .contains("V2__locks.sql was cancelled, as it kept others waiting for longer than PT4S")
                    .contains("flywatch-watch", "select count(*) from orders", "Nothing of the script is in effect");
        });
        assertThat(reader).succeedsWithin(LONG).isEqualTo("0");
    }

    @Test
    void tellsForWhomItWaitsItself() throws Exception {
        bench.run();
        bench.script("V2__column.sql", "alter table orders add column extra int;");
        MemoryJournal journal = bench.journal();
        CompletableFuture<Outcome> run;
        try (Connection other = bench.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("insert into orders values (1, 'mine')");

            run = bench.start(journal);

            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(journal.progress().activity())
                            .contains("waiting for a lock that is held by session", "insert into orders"));
            assertThat(journal.progress().server().blockedBy()).contains("idle in transaction");
            other.commit();
        }
        assertThat(run).succeedsWithin(LONG).isEqualTo(new Outcome.Done());
    }

    @Test
    void countsTheRowsOfAnIndexThatIsBeingBuilt() throws Exception {
        bench.run();
        bench.execute("insert into orders select i, 'n' || i from generate_series(1, 4000) i", "analyze orders");
        bench.execute("create function slow(t text) returns text immutable language plpgsql as"
                + " $$ begin perform pg_sleep(0.0002); return t; end $$");
        bench.script("V2__index.sql", "create index concurrently slowly on orders (slow(note));");
        MemoryJournal journal = bench.journal();

        CompletableFuture<Outcome> run = bench.start(journal);

        await().atMost(LONG).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> {
            assertThat(journal.progress().activity()).contains("CREATE INDEX CONCURRENTLY on orders");
            assertThat(journal.progress().server().unit()).isEqualTo("blocks");
            assertThat(journal.progress().rowsTotal()).isEqualTo(4_000);
            assertThat(journal.progress().rowsDone()).isBetween(1L, 4_000L);
        });
        assertThat(run).succeedsWithin(LONG).isEqualTo(new Outcome.Done());
    }

    @Test
    void goesOnAfterItsConnectionWasLostAndChangesEachRowOnce() throws Exception {
        bench.run();
        bench.execute("insert into orders values (1, 'a')");
        bench.script("V2__twice.sql", "update orders set note = note || 'x';\nselect pg_sleep(3);");
        MemoryJournal journal = bench.journal();
        CompletableFuture<Outcome> run = bench.start(journal);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(journal.progress().activity()).contains("select pg_sleep(3)"));

        bench.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'flywatch-run%'"
                        + " and datname = current_database()");

        assertThat(run).succeedsWithin(LONG).isEqualTo(new Outcome.Done());
        assertThat(bench.value("select note from orders")).isEqualTo("ax");
    }

    @Test
    void takesOverFromARunnerThatIsGoneOrStuck() throws Exception {
        bench.run();
        bench.execute("insert into orders values (1, 'a')");
        bench.script("V2__once.sql", "update orders set note = note || 'x';\nselect pg_sleep(2);");
        MemoryJournal journal = bench.journal();
        CompletableFuture<Outcome> first = bench.start(journal);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(journal.progress().activity()).contains("select pg_sleep(2)"));

        Outcome second = bench.run(journal);

        assertThat(second).isEqualTo(new Outcome.Done());
        assertThat(first).succeedsWithin(LONG);
        assertThat(bench.value("select note from orders")).isEqualTo("ax");
    }

    @Test
    void waitsForFlywaysLockThatAnotherHolds() throws Exception {
        bench.script("V2__slow.sql", "select pg_sleep(3);");
        MemoryJournal first = bench.journal();
        MemoryJournal second = bench.journal();
        CompletableFuture<Outcome> one = bench.start(first);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(first.progress().activity()).contains("select pg_sleep(3)"));

        CompletableFuture<Outcome> two = bench.start(second);

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(second.progress().activity()).contains("lock of Flyway's history"));
        assertThat(one).succeedsWithin(LONG).isEqualTo(new Outcome.Done());
        assertThat(two).succeedsWithin(LONG).isEqualTo(new Outcome.Done());
        assertThat(bench.value("select count(*) from flyway_schema_history")).isEqualTo("2");
    }
}

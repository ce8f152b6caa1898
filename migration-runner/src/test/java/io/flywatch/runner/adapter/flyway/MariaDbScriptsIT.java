package io.flywatch.runner.adapter.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flywatch.runner.blocking.BlockingPolicy;
import io.flywatch.runner.run.Failure;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.Outcome;
import io.flywatch.runner.run.Wish;
import io.flywatch.runner.sql.Dialect;
import io.flywatch.stack.EmbeddedMariaDb;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class MariaDbScriptsIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final AtomicInteger DATABASES = new AtomicInteger();

    @TempDir
    static Path files;

    static EmbeddedMariaDb server;

    ScriptBench bench;

    @BeforeAll
    static void start() {
        assumeTrue(EmbeddedMariaDb.missing().isEmpty(), EmbeddedMariaDb.missing()::get);
        server = EmbeddedMariaDb.start(files.resolve("server"), 0, Map.of("performance-schema", "ON"));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void database(@TempDir Path folder) {
        String name = "d" + DATABASES.incrementAndGet();
        server.createDatabase(name);
        bench = new ScriptBench(
                Dialect.MARIADB, server.jdbcUrl(name), EmbeddedMariaDb.USER, EmbeddedMariaDb.PASSWORD, folder);
        bench.script("V1__orders.sql", "create table orders (id int primary key, note varchar(200));");
    }

    @Test
    void appliesScriptsAsStepsAndCountsTheRowsOfEachTable() throws Exception {
        bench.script(
                        "V2__rows.sql",
                        "insert into orders select seq, 'a' from seq_1_to_500;\nupdate `orders` set note = 'b';")
                .script("R__view.sql", "create or replace view latest as select * from orders;");
        MemoryJournal journal = bench.journal();

        assertThat(bench.run(journal)).isEqualTo(new Outcome.Done());

        assertThat(journal.told)
                .containsExactly(
                        "started V1__orders.sql",
                        "finished V1__orders.sql 0",
                        "started V2__rows.sql",
                        "finished V2__rows.sql 1000",
                        "started R__view.sql",
                        "finished R__view.sql 0");
    }

    @Test
    void tellsWhatIsInEffectOfAScriptThatFailedAndRefusesToGoOnUntilItIsRepaired() throws Exception {
        bench.script(
                "V2__half.sql",
                "insert into orders values (1, 'a');\nalter table orders add column extra int;\n\ninsert into nowhere values (1);");

        Failure failure = bench.failure();

        assertThat(failure.type()).isEqualTo(FailureType.REFUSED);
        assertThat(failure.message())
                .contains("V2__half.sql, line 4: the server says")
                .contains("nowhere' doesn't exist (SQLSTATE 42S02, code 1146). The statement: insert into nowhere")
                .contains("What the script did before is in effect: undo it")
                .contains("POST /api/v1/migrations/m/repair");
        assertThat(bench.refusal().type()).isEqualTo(FailureType.LEDGER);
        assertThat(bench.refusal().text()).contains("Version 2 (half) failed earlier", "/repair");
        assertThat(bench.failure().message()).contains("Version 2 (half) failed earlier");
    }

    @Test
    void commitsAScriptAndItsEntryTogether() throws Exception {
        bench.run();
        bench.script("V2__rows.sql", "insert into orders values (1, 'a');\ninsert into orders values (1, 'again');");

        assertThat(bench.failure().message()).contains("Duplicate entry", "Nothing of the script is in effect");

        assertThat(bench.value("select count(*) from orders")).isEqualTo("0");
    }

    @Test
    void showsTheRowsOfAStatementAtWorkAndCancelsIt() throws Exception {
        bench.run();
        bench.script("V2__slow.sql", "insert into orders select seq, sleep(0.05) from seq_1_to_10000;");
        MemoryJournal journal = bench.journal();
        CompletableFuture<Outcome> run = bench.start(journal);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(journal.progress().rowsDone()).isPositive());

        journal.wish = Optional.of(Wish.CANCEL);

        assertThat(run).succeedsWithin(LONG).isEqualTo(new Outcome.Stopped());
        assertThat(bench.value("select count(*) from orders")).isEqualTo("0");
    }

    @Test
    void tellsWhoWaitsForARowAndCancelsWhatKeepsThemWaiting() throws Exception {
        bench.run();
        bench.execute("insert into orders values (1, 'a')");
        bench.migration = ScriptBench.migration(
                Map.of(), null, false, new BlockingPolicy(Duration.ofMillis(500), Duration.ofSeconds(3)));
        bench.script("V2__locks.sql", "update orders set note = 'x';\nselect sleep(600);");
        MemoryJournal journal = bench.journal();
        CompletableFuture<Outcome> run = bench.start(journal);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(journal.progress().activity()).contains("select sleep(600)"));

        CompletableFuture<String> writer = attempt("update orders set note = 'mine'");

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(journal.progress().server().longestBlockedSeconds())
                        .isGreaterThan(0.5));
        assertThat(run)
                .succeedsWithin(LONG)
                .satisfies(it -> assertThat(((Outcome.Broken) it).failure().message())
                        .contains("V2__locks.sql was cancelled", "update orders set note = 'mine'"));
        assertThat(writer).succeedsWithin(LONG).isEqualTo("");
        assertThat(bench.value("select note from orders")).isEqualTo("mine");
    }

    @Test
    void tellsThatItWaitsForATableAndThatOthersWaitBehindIt() throws Exception {
        bench.run();
        bench.migration = ScriptBench.migration(
                Map.of(), null, false, new BlockingPolicy(Duration.ofMillis(500), Duration.ofSeconds(6)));
        bench.script("V2__column.sql", "alter table orders add column extra int;");
        MemoryJournal journal = bench.journal();
        try (Connection other = bench.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.executeQuery("select * from orders").close();
            CompletableFuture<Outcome> run = bench.start(journal);
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(journal.progress().activity())
                            .contains("waiting for a lock that is held by somebody who uses the table")
                            .contains("transaction open for")
                            .contains("instrument wait/lock/metadata/sql/mdl is off"));

            CompletableFuture<String> reader = attempt("select * from orders");

            assertThat(run)
                    .succeedsWithin(LONG)
                    .satisfies(it -> assertThat(((Outcome.Broken) it).failure())
                            .satisfies(failure -> assertThat(failure.type()).isEqualTo(FailureType.BLOCKING))
                            .satisfies(failure -> assertThat(failure.message()).contains("select * from orders")));
            assertThat(reader).succeedsWithin(LONG).isEqualTo("");
            other.rollback();
        }
    }

    @Test
    void tellsExactlyWhoHoldsTheTableAndWhoQueuesBehindItWhereTheServerDoes() throws Exception {
        bench.run();
        bench.execute("create table elsewhere (id int primary key)");
        bench.migration = ScriptBench.migration(
                Map.of(), null, false, new BlockingPolicy(Duration.ofMillis(500), Duration.ofMinutes(5)));
        bench.script("V2__column.sql", "alter table orders add column extra int;");
        MemoryJournal journal = bench.journal();
        locksAreTold("YES");
        try (Connection holder = bench.connect();
                Connection bystander = bench.connect();
                Statement held = holder.createStatement();
                Statement open = bystander.createStatement()) {
            holder.setAutoCommit(false);
            bystander.setAutoCommit(false);
            held.executeQuery("select * from orders").close();
            open.execute("insert into elsewhere values (1)");
            CompletableFuture<Outcome> run = bench.start(journal);
            CompletableFuture<String> other = attempt("alter table elsewhere comment 'as orders'");
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(journal.progress().activity())
                            .contains("waiting for a lock that is held by session " + session(holder))
                            .contains("which holds SHARED_READ of")
                            .doesNotContain("session " + session(bystander)));

            CompletableFuture<String> reader = attempt("select * from orders");

            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(journal.progress().server().blockedSessions())
                            .isEqualTo(1));
            holder.rollback();
            bystander.rollback();
            assertThat(run).succeedsWithin(LONG).isEqualTo(new Outcome.Done());
            assertThat(reader).succeedsWithin(LONG).isEqualTo("");
            assertThat(other).succeedsWithin(LONG).isEqualTo("");
        } finally {
            locksAreTold("NO");
        }
    }

    private void locksAreTold(String enabled) throws SQLException {
        bench.execute("update performance_schema.setup_instruments set enabled = '" + enabled
                + "' where name = 'wait/lock/metadata/sql/mdl'");
    }

    private static long session(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select connection_id()")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void doesRowsOnceThoughTheServerFellAndCameBack() throws Exception {
        bench.run();
        bench.execute("insert into orders values (1, 'a')");
        bench.script("V2__twice.sql", "update orders set note = concat(note, 'x');\nselect sleep(3);");
        MemoryJournal journal = bench.journal();
        CompletableFuture<Outcome> run = bench.start(journal);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(journal.progress().activity()).contains("select sleep(3)"));

        server.kill();
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(journal.progress().activity()).contains("does not answer"));
        server.startAgain();

        assertThat(run).succeedsWithin(LONG).isEqualTo(new Outcome.Done());
        assertThat(bench.value("select note from orders")).isEqualTo("ax");
    }

    @Test
    void saysHowFarItWasWhenTheServerFellInAScriptThatCommitsOnTheWay() throws Exception {
        bench.run();
        bench.script(
                "V2__steps.sql",
                "insert into orders values (1, 'a');\nalter table orders add column extra int;\nselect sleep(600);");
        MemoryJournal journal = bench.journal();
        CompletableFuture<Outcome> run = bench.start(journal);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(journal.progress().activity()).contains("select sleep(600)"));

        server.kill();
        server.startAgain();

        assertThat(run)
                .succeedsWithin(LONG)
                .satisfies(
                        it -> assertThat(((Outcome.Broken) it).failure().message())
                                .contains("V2__steps.sql was cut off outside of a transaction")
                                .contains(
                                        "Its statements up to number 2 are in effect, the later ones are not: alter table orders add"));
        assertThat(bench.value("select count(*) from orders where extra is null"))
                .isEqualTo("1");
    }

    private CompletableFuture<String> attempt(String sql) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                bench.execute(sql);
                answer.complete("");
            } catch (SQLException e) {
                answer.complete(String.valueOf(e.getMessage()));
            }
        });
        return answer;
    }
}

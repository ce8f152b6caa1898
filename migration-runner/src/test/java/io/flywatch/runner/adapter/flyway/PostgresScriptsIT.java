package io.flywatch.runner.adapter.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.runner.blocking.BlockingPolicy;
import io.flywatch.runner.progress.Observation.Part;
import io.flywatch.runner.run.Failure;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.Outcome;
import io.flywatch.runner.run.RunFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class PostgresScriptsIT {
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
    void appliesScriptsAsStepsAndCountsTheRowsOfEachTable() throws Exception {
        bench.migration = ScriptBench.migration(Map.of("note", "hello"), null, false, BlockingPolicy.DEFAULT);
        bench.script(
                        "V2__rows.sql",
                        "-- first the orders\ninsert into orders select i, '${note}' from generate_series(1, 500) i;\n"
                                + "update orders set note = 'x' where id <= 20;\ninsert into public.kept values (1), (2);")
                .script("V10__index.sql", "create index concurrently by_note on orders (note);")
                .script("R__view.sql", "create or replace view latest as select * from orders;");
        MemoryJournal journal = bench.journal();

        Outcome outcome = bench.run(journal);

        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(journal.told)
                .containsExactly(
                        "started V1__orders.sql",
                        "finished V1__orders.sql 0",
                        "started V2__rows.sql",
                        "finished V2__rows.sql 522",
                        "started V10__index.sql",
                        "finished V10__index.sql 0",
                        "started R__view.sql",
                        "finished R__view.sql 0");
        assertThat(journal.progress().rowsDone()).isGreaterThanOrEqualTo(522);
        assertThat(journal.progress().parts())
                .contains(new Part("orders", 520, null, true), new Part("public.kept", 2, null, true));
        assertThat(bench.value("select count(*) from orders where note = 'hello'"))
                .isEqualTo("480");
        assertThat(bench.run()).as("nothing is left").isEqualTo(new Outcome.Done());
    }

    @Test
    void saysScriptLineStatementAndWhatToDo() throws Exception {
        bench.script(
                "V2__wrong.sql",
                "insert into orders values (1, 'a');\n\nupdate orders\n   set note = 'b',\n   where id = 1;\n");

        Failure failure = bench.failure();

        assertThat(failure.type()).isEqualTo(FailureType.REFUSED);
        assertThat(failure.step()).isEqualTo("V2__wrong.sql");
        assertThat(failure.message())
                .isEqualTo("V2__wrong.sql, line 5: the server says syntax error at or near \"where\" (SQLSTATE 42601)."
                        + " The statement: update orders set note = 'b', where id = 1. Nothing of the script is in effect:"
                        + " correct it and start a new run.");
        assertThat(bench.value("select count(*) from orders")).isEqualTo("0");

        bench.script("V2__wrong.sql", "insert into orders values (1, 'a');");
        assertThat(bench.run()).isEqualTo(new Outcome.Done());
    }

    @Test
    void refusesWhatDoesNotFitTheHistory() throws Exception {
        bench.script("V3__three.sql", "select 3;").script("R__again.sql", "select 1;");
        assertThat(bench.run()).isEqualTo(new Outcome.Done());

        bench.script("V3__three.sql", "select 33;").script("V2__late.sql", "select 2;");
        assertThat(bench.refusal().type()).isEqualTo(FailureType.LEDGER);
        assertThat(bench.refusal().text())
                .contains("Version 3 (three) was edited after it was applied.")
                .contains("Version 2 (late) is not applied, but later versions are. Give it a higher version, or write"
                        + " outOfOrder: true.");

        bench.script("V3__three.sql", "select 3;").script("R__again.sql", "select 2;");
        bench.migration = ScriptBench.migration(Map.of(), null, true, BlockingPolicy.DEFAULT);
        MemoryJournal journal = bench.journal();
        assertThat(bench.run(journal)).isEqualTo(new Outcome.Done());
        assertThat(journal.told).contains("finished V2__late.sql 0").endsWith("finished R__again.sql 0");

        Files.delete(bench.folder.resolve("scripts/V2__late.sql"));
        assertThat(bench.refusal().text()).contains("Version 2 (late) was applied, but its script is not there");
    }

    @Test
    void namesWhatIsWrongWithTheScriptsThemselves() throws Exception {
        bench.script("V1__again.sql", "select 1;");
        assertThat(bench.refusal())
                .extracting(RunFailure::type, RunFailure::text)
                .satisfies(it -> assertThat(it.get(0)).isEqualTo(FailureType.DECLARATION))
                .satisfies(it -> assertThat(it.get(1).toString())
                        .contains("more than one migration with version 1", "V1__again.sql", "V1__orders.sql"));
        Files.delete(bench.folder.resolve("scripts/V1__again.sql"));

        bench.script("V2__latin.sql", "select 'Köln';".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(bench.refusal().text())
                .contains("V2__latin.sql is not written in UTF-8, see line 1", "encoding: ISO-8859-1");
        Files.delete(bench.folder.resolve("scripts/V2__latin.sql"));

        bench.script("V2__placeholder.sql", "select '${missing}';");
        assertThat(bench.failure().message()).contains("No value provided for placeholder: ${missing}");
        Files.delete(bench.folder.resolve("scripts/V2__placeholder.sql"));

        bench.script("V2_one_underscore.sql", "select 1;");
        assertThat(bench.refusal().text()).contains("V2_one_underscore.sql");
    }

    @Test
    void asksForABaselineAndTakesIt() throws Exception {
        bench.execute("create table orders (id int primary key)");
        assertThat(bench.failure().message()).contains("has tables but no history", "baseline: \"1\"");

        bench.migration = ScriptBench.migration(Map.of(), "1", false, BlockingPolicy.DEFAULT);
        bench.script("V2__more.sql", "insert into orders values (7);");

        assertThat(bench.run()).isEqualTo(new Outcome.Done());
        assertThat(bench.value("select id from orders")).isEqualTo("7");
    }
}

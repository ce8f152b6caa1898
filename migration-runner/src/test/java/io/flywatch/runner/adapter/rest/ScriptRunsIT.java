package io.flywatch.runner.adapter.rest;

import static io.flywatch.runner.adapter.rest.RunsByRest.awaitState;
import static io.flywatch.runner.adapter.rest.RunsByRest.declare;
import static io.flywatch.runner.adapter.rest.RunsByRest.folder;
import static io.flywatch.runner.adapter.rest.RunsByRest.start;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import io.flywatch.runner.TestStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Migrations of the kind {@code sql}, as callers see them. */
@QuarkusTest
@QuarkusTestResource(TestStack.class)
@NullUnmarked
class ScriptRunsIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void runsScriptsAndTellsTheirSteps() throws Exception {
        declareScripts("ledger-schema", "source");
        script("ledger-schema", "V1__books.sql", "create table books (id int primary key, n int);");
        script("ledger-schema", "V2__rows.sql", "insert into books select i, 0 from generate_series(1, 30) i;");
        script(
                "ledger-schema",
                "V3__index.sql",
                "create index by_n on books (n);\nalter table books alter n type bigint;");

        when().post("/api/v1/migrations/ledger-schema/dry-run")
                .then()
                .statusCode(200)
                .body("steps.name", contains("V1__books.sql", "V2__rows.sql", "V3__index.sql"))
                .body("steps[2].warnings", contains(containsString("CONCURRENTLY"), containsString("is rewritten")))
                .body("refusals", empty());
        String run = start("ledger-schema");

        awaitState(run, "succeeded");
        when().get(run)
                .then()
                .body("steps.name", contains("V1__books.sql", "V2__rows.sql", "V3__index.sql"))
                .body("steps.rows", contains(0, 30, 0))
                .body("rows", is(30));
        when().get("/q/metrics")
                .then()
                .body(containsString("migration_rows_total{migration_id=\"ledger-schema\",table_name=\"books\"} 30.0"));
        when().get("/api/v1/migrations/ledger-schema/gate").then().statusCode(200);
        when().post("/api/v1/migrations/ledger-schema/dry-run").then().body("steps", empty());
    }

    @Test
    void retriesFromTheScriptThatFailedAndRepairsWhatANonTransactionalOneLeft() throws Exception {
        declareScripts("cards-schema", "source");
        script("cards-schema", "V1__cards.sql", "create table cards (id int, n int);");
        script("cards-schema", "V2__index.sql", "create unique index concurrently once on cards (n) where nonsense;");

        String run = start("cards-schema");
        awaitState(run, "failed");
        when().get(run)
                .then()
                .body("failure.step", equalTo("V2__index.sql"))
                .body("failure.type", equalTo("refused"))
                .body(
                        "failure.message",
                        containsString("V2__index.sql, line 1: the server says column \"nonsense\" does not exist"))
                .body("failure.message", containsString("POST /api/v1/migrations/cards-schema/repair"));
        script("cards-schema", "V2__index.sql", "create unique index concurrently once on cards (n);");
        when().post(run + "/retry").then().statusCode(409).body("detail", containsString("failed earlier"));

        when().post("/api/v1/migrations/cards-schema/repair")
                .then()
                .statusCode(200)
                .body("removed", contains("2 index"));
        when().post(run + "/retry").then().statusCode(202);

        awaitState(run, "succeeded");
        when().get(run).then().body("steps.name", contains("V1__cards.sql", "V2__index.sql"));
        when().post("/api/v1/migrations/nothing/repair").then().statusCode(404);
    }

    @Test
    void refusesScriptsThatCannotBegin() throws Exception {
        declareScripts("strangers", "stranger");
        script("strangers", "V1__a.sql", "select 1;");
        declareScripts("homeless", "source");
        declare("misplaced", "kind: sql\nid: misplaced\nconnection: target\nlocations: [ misplaced ]\n");

        when().post("/api/v1/migrations/strangers/runs")
                .then()
                .statusCode(422)
                .body("detail", containsString("refuses the credentials"));
        when().post("/api/v1/migrations/homeless/runs")
                .then()
                .statusCode(422)
                .body("detail", containsString("The location 'homeless' of the scripts is no folder"));
        when().post("/api/v1/migrations/misplaced/runs")
                .then()
                .statusCode(422)
                .body("detail", containsString("Set flywatch.connections.target.url"));
    }

    private void declareScripts(String id, String connection) throws IOException {
        declare(
                id,
                "kind: sql\nid: %s\nconnection: %s\nlocations: [ %s ]\nschema: %s\n"
                        .formatted(id, connection, id, id.replace('-', '_')));
    }

    private void script(String id, String name, String text) throws IOException {
        Files.writeString(Files.createDirectories(folder().resolve(id)).resolve(name), text);
    }
}

package io.flywatch.runner.adapter.rest;

import static io.flywatch.runner.adapter.rest.RunsByRest.awaitState;
import static io.flywatch.runner.adapter.rest.RunsByRest.declare;
import static io.flywatch.runner.adapter.rest.RunsByRest.start;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flywatch.runner.TestStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Migrations of the kind {@code external}, as callers see them. */
@QuarkusTest
@QuarkusTestResource(TestStack.class)
@NullUnmarked
class ToolRunsIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void followsAToolByItsReports() throws Exception {
        declare("import", "kind: external\nid: import\nsilence: { shownAfter: PT2S }\n");
        String run = start("import");
        awaitState(run, "running");

        report(
                run,
                200,
                "{\"tables\": [{\"table\": \"cars\", \"rows\": 40, \"total\": 100}], \"errors\": 1, \"activity\": \"batch 4\"}");
        report(
                run,
                200,
                "{\"tables\": [{\"table\": \"cars\", \"rows\": 40}, {\"table\": \"owners\", \"rows\": 7, \"total\": 7}]}");
        await().atMost(LONG)
                .untilAsserted(() -> when().get(run)
                        .then()
                        .body("progress.rowsDone", is(47))
                        .body("progress.rowsTotal", is(107))
                        .body("progress.errors", is(1))
                        .body("progress.tables.table", contains("cars", "owners"))
                        .body("progress.activity", containsString("batch 4")));
        await().atMost(LONG)
                .untilAsserted(() -> when().get(run).then().body("progress.activity", containsString("silent for")));

        report(run, 409, "{\"tables\": [{\"table\": \"cars\", \"rows\": 39}]}")
                .body("detail", containsString("rows of 'cars' went back from 40 to 39"))
                .body("remedy", containsString("\"restarted\": true"));
        report(run, 400, "{\"row\": 1}")
                .body("detail", containsString("the field 'row' is unknown; known are activity"));
        report(run, 400, "{\"tables\": [{\"table\": \"cars\", \"rows\": -1}]}")
                .body("detail", containsString("negative"));
        report(run, 400, "rows=1");
        report(run, 400, "");
        report(run, 200, "{\"restarted\": true, \"tables\": [{\"table\": \"cars\", \"rows\": 100, \"total\": 100}]}");
        given().body("{\"outcome\": \"done\"}")
                .when()
                .post(run + "/finish")
                .then()
                .statusCode(400);
        given().body("{\"outcome\": \"succeeded\"}")
                .when()
                .post(run + "/finish")
                .then()
                .statusCode(202);

        awaitState(run, "succeeded");
        when().get(run).then().body("rows", is(100));
        report(run, 409, "{\"rows\": 1}").body("title", equalTo("The run has ended"));
        when().get("/q/metrics")
                .then()
                .body(containsString("migration_rows_total{migration_id=\"import\",table_name=\"cars\"} 100.0"))
                .body(containsString("migration_errors_total{error_type=\"reported\",migration_id=\"import\"} 1.0"));
        when().get("/api/v1/migrations/import/gate").then().statusCode(200);
    }

    @Test
    void endsARunWhoseToolFailsOrIsSilentForTooLong() throws Exception {
        declare("failing", "kind: external\nid: failing\n");
        declare("silent", "kind: external\nid: silent\nsilence: { shownAfter: PT1S, failsAfter: PT3S }\n");

        String failing = start("failing");
        String silent = start("silent");
        given().body("{\"outcome\": \"failed\", \"message\": \"disk full\"}")
                .when()
                .post(failing + "/finish")
                .then()
                .statusCode(202);

        awaitState(failing, "failed");
        when().get(failing)
                .then()
                .body("failure.type", equalTo("reported"))
                .body("failure.message", equalTo("The tool reports that it failed: disk full"));
        awaitState(silent, "failed");
        when().get(silent)
                .then()
                .body("failure.type", equalTo("silent"))
                .body("failure.message", containsString("it never reported"));
        when().get("/api/v1/migrations/failing/gate").then().statusCode(409);
    }

    @Test
    void watchesAToolThatReportsNothing() throws Exception {
        execute("create table if not exists parcels (id int)", "truncate parcels");
        declare("watched", """
                kind: external
                id: watched
                silence: { shownAfter: PT1S }
                watch: { connection: source, application: parcels.py, tables: [ parcels ] }
                blocking: { warnAfter: PT1S }
                """);
        String run = start("watched");
        awaitState(run, "running");
        await().atMost(LONG)
                .untilAsserted(
                        () -> when().get(run).then().body("progress.activity", containsString("has no session")));

        try (Connection tool = connect("parcels.py");
                var statement = tool.createStatement()) {
            statement.execute("insert into parcels select generate_series(1, 250)");
            await().atMost(LONG)
                    .untilAsserted(() -> when().get(run)
                            .then()
                            .body("progress.rowsDone", is(250))
                            .body("progress.tables.table", hasItem("parcels")));
            tool.setAutoCommit(false);
            statement.execute("lock table parcels");
            Thread reader = Thread.ofPlatform().daemon().start(() -> {
                try {
                    execute("select count(*) from parcels");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            await().atMost(LONG)
                    .untilAsserted(() -> when().get(run)
                            .then()
                            .body("progress.server.blockedSessions", is(1))
                            .body("progress.activity", containsString("blocking: 1 session waits")));
            tool.commit();
            assertThat(reader.join(LONG)).isTrue();
        }
        when().post(run + "/cancel").then().statusCode(202);
        awaitState(run, "cancelled");
    }

    @Test
    void takesTheReportsOfTheDocumentedSample() throws Exception {
        declare("sample", "kind: external\nid: sample\n");
        assumeTrue(runs("curl", "--version"), "there is no curl here");

        Process shell = new ProcessBuilder(
                        "sh", "../docs/migrations/external.sh", "sample", "http://127.0.0.1:" + RestAssured.port)
                .redirectErrorStream(true)
                .start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(shell.waitFor()).as(said).isZero();
        String run = URI.create(said.strip()).getPath();
        awaitState(run, "succeeded");
        when().get(run).then().body("rows", is(300));
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static ValidatableResponse report(String run, int status, String body) {
        return given().body(body).when().post(run + "/progress").then().statusCode(status);
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection connection = connect("test");
                var statement = connection.createStatement()) {
            for (String sql : List.of(statements)) {
                statement.execute(sql);
            }
        }
    }

    private static Connection connect(String application) throws SQLException {
        Properties properties = new Properties();
        properties.put("user", "postgres");
        properties.put("password", "flywatch");
        properties.put("ApplicationName", application);
        return DriverManager.getConnection(
                ConfigProvider.getConfig().getValue("flywatch.connections.source.url", String.class), properties);
    }
}

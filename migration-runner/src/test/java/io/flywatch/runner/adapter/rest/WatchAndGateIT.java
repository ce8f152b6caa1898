package io.flywatch.runner.adapter.rest;

import static io.flywatch.runner.adapter.rest.RunsByRest.declare;
import static io.flywatch.runner.adapter.rest.RunsByRest.start;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.flywatch.runner.Answer;
import io.flywatch.runner.Runs;
import io.flywatch.runner.TestStack;
import io.flywatch.runner.adapter.jdbc.SourceDatabase;
import io.flywatch.runner.adapter.orm.FenceStore;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.migration.ReplicationMigration.Heartbeat;
import io.flywatch.runner.replication.Fence;
import io.flywatch.runner.run.Trigger;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestStack.class)
@NullUnmarked
class WatchAndGateIT {
    private static final Duration LONG = Duration.ofSeconds(90);

    @ConfigProperty(name = "flywatch.connections.target.url")
    String target;

    @Inject
    Runs runs;

    @Inject
    SourceDatabase sources;

    @Inject
    FenceStore fences;

    @TestHTTPResource
    URI server;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void watchesARunUntilItsEndAsABarAndAsEvents() throws Exception {
        declare("seen", mongo("seen", "away"));
        Answer.Started started = (Answer.Started) runs.start("seen", Trigger.command("one"));
        String run = "/api/v1/migrations/seen/runs/" + started.run().id();

        var bar = watch(run, "text/plain");
        var events = watch(run, "text/event-stream");
        await().atMost(LONG)
                .untilAsserted(() -> when().get(run)
                        .then()
                        .body("progress.activity", containsString("waiting: the target does not answer")));
        await().during(Duration.ofSeconds(3)).atMost(LONG).until(() -> true);
        when().post(run + "/cancel").then().statusCode(202);

        String drawn = bar.get(60, TimeUnit.SECONDS).body();
        assertThat(drawn).startsWith("run ").contains("\r0 rows  0/s  waiting: the target does not answer");
        assertThat(drawn.substring(drawn.lastIndexOf('\r')))
                .startsWith("\rcancelled after ")
                .endsWith("\n");
        HttpResponse<String> told = events.get(60, TimeUnit.SECONDS);
        assertThat(told.headers().firstValue("content-type")).get().asString().startsWith("text/event-stream");
        assertThat(told.body())
                .contains("event:progress")
                .contains("retry:2000")
                .contains("\"state\":\"running\"");
        assertThat(told.body().substring(told.body().lastIndexOf("event:")))
                .startsWith("event:end")
                .contains("\"state\":\"cancelled\"");
        given().accept("text/plain").when().get(run + "/watch?width=7").then().statusCode(400);
        when().get("/api/v1/migrations/seen/runs/nobody/watch").then().statusCode(404);
    }

    @Test
    void opensTheGateOnlyForWhatTheFileSaysNowAndTellsWhy() throws Exception {
        declare("gated", mongo("gated", "target"));
        String gate = "/api/v1/migrations/gated/gate";
        when().get(gate)
                .then()
                .statusCode(409)
                .body("conditions.find { it.name == 'run' }.verdict", equalTo("unknown"))
                .body("conditions.find { it.name == 'run' }.remedy", equalTo("Start one."));

        CompletableFuture<HttpResponse<String>> waiting = http.sendAsync(
                HttpRequest.newBuilder(server.resolve(gate + "?wait=PT1M&without=anomalies"))
                        .header("Accept", "text/plain")
                        .build(),
                BodyHandlers.ofString());
        start("gated");
        HttpResponse<String> opened = waiting.get(90, TimeUnit.SECONDS);

        assertThat(opened.statusCode()).isEqualTo(200);
        assertThat(opened.body()).startsWith("gate of gated: open").contains("holds    run");
        when().get(gate).then().statusCode(200).body("open", is(true));
        declare("gated", mongo("gated", "target").replace("$inc", "$mul"));
        when().get(gate)
                .then()
                .statusCode(409)
                .body("conditions.findAll { it.verdict != 'holds' }.name", hasItem("declaration"));
        declare(
                "gated",
                mongo("gated", "target")
                        + "  - version: 2\n    steps: [ { createCollection: { collection: more } } ]\n");
        when().get(gate + "?wait=PT1S")
                .then()
                .statusCode(409)
                .body("conditions.find { it.name == 'complete' }.evidence", containsString("2 createCollection"));
    }

    @Test
    void refusesWhatItWasNotAsked() throws Exception {
        declare("asked", mongo("asked", "target"));
        String gate = "/api/v1/migrations/asked/gate";

        for (String bad : List.of(
                "max-lag=soon",
                "max-lag=-PT1M",
                "max_lag=PT1M",
                "max-error-rate=2",
                "without=verifikation",
                "wait=PT2H")) {
            when().get(gate + "?" + bad).then().statusCode(400).contentType("application/problem+json");
        }
        when().get("/api/v1/migrations/nobody/gate").then().statusCode(404);
        when().post("/api/v1/migrations/asked/runs/nobody/fence").then().statusCode(404);
    }

    @Test
    void setsAFenceAtTheSourceByItsClockAndKeepsTheLast() throws Exception {
        declare("fenced", mongo("fenced", "target"));
        String run = start("fenced");
        String id = run.substring(run.lastIndexOf('/') + 1);
        ReplicationMigration migration = new ReplicationMigration(
                "fenced",
                "",
                new ReplicationMigration.Source("source", List.of("*"), Heartbeat.TABLE, Map.of()),
                new ReplicationMigration.Target("target", "fenced"),
                1,
                null);
        sources.createHeartbeat(migration);

        Instant first = sources.fence(migration);
        Instant second = sources.fence(migration);
        fences.keep(id, new Fence("a", first, first, "anna"));
        fences.keep(id, new Fence("b", second, second, "bert"));

        assertThat(second)
                .isAfter(first)
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
        assertThat(fences.of(id)).contains(new Fence("b", second, second, "bert"));
        when().post(run + "/fence").then().statusCode(409).body("title", equalTo("No stream to fence"));
        when().delete(run + "/fence").then().statusCode(204);
        assertThat(fences.of(id)).isEmpty();
    }

    @Test
    void servesOthersWhileManyWait() throws Exception {
        declare("crowded", mongo("crowded", "target"));
        List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            URI uri = server.resolve("/api/v1/migrations/crowded/gate?wait=PT2M");
            all.add(http.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()));
        }

        start("crowded");

        for (CompletableFuture<HttpResponse<String>> one : all) {
            assertThat(one.get(120, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
    }

    private CompletableFuture<HttpResponse<String>> watch(String run, String accept) {
        URI uri = server.resolve(run + "/watch");
        return http.sendAsync(
                HttpRequest.newBuilder(uri).header("Accept", accept).build(), BodyHandlers.ofString());
    }

    private String mongo(String id, String connection) {
        try (MongoClient client = MongoClients.create(target)) {
            client.getDatabase(id).getCollection("leaves").insertOne(new Document("n", 1));
        }
        return """
                kind: mongodb
                id: %s
                connection: %s
                database: %s
                changeSets:
                  - version: 1
                    steps:
                      - update: { collection: leaves, filter: { }, update: { $inc: { n: 1 } } }
                """.formatted(id, connection, id);
    }
}

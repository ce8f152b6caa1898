package io.flywatch.runner.adapter.rest;

import static io.flywatch.runner.adapter.rest.RunsByRest.awaitState;
import static io.flywatch.runner.adapter.rest.RunsByRest.declare;
import static io.flywatch.runner.adapter.rest.RunsByRest.start;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.events.Topics;
import io.flywatch.events.command.CommandEvent;
import io.flywatch.events.command.StartRun;
import io.flywatch.runner.TestStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestStack.class)
@NullUnmarked
class RunsIT {
    private static final Duration LONG = Duration.ofSeconds(30);

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Inject
    DataSource database;

    @Inject
    ObjectMapper json;

    @Test
    void runsAMigrationAndTellsEachFactInTheTransactionOfItsChange() throws Exception {
        declare("fill", mongo("fill", "target"));

        String location = given().header("Idempotency-Key", "once")
                .when()
                .post("/api/v1/migrations/fill/runs")
                .then()
                .statusCode(202)
                .body("state", equalTo("pending"))
                .extract()
                .header("Location");
        awaitState(location, "succeeded");
        String again = given().header("Idempotency-Key", "once")
                .when()
                .post("/api/v1/migrations/fill/runs")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");

        assertThat(again).isEqualTo(location);
        assertThat(facts("fill"))
                .containsExactly(
                        "io.flywatch.run.started",
                        "io.flywatch.step.started",
                        "io.flywatch.step.finished",
                        "io.flywatch.step.started",
                        "io.flywatch.step.finished",
                        "io.flywatch.run.finished");
        when().get(location)
                .then()
                .body("rows", is(4))
                .body("steps[0].rows", is(2))
                .body("progress", notNullValue());
        when().get("/api/v1/migrations/fill/gate").then().statusCode(200).body("open", is(true));
        when().get("/q/metrics")
                .then()
                .body(containsString("mongodb_migration_documents_total{collection=\"things\",version=\"1\"} 4.0"));
    }

    @Test
    void refusesAnEditedChangeSetAndNamesIt() throws Exception {
        declare("edited", mongo("edited", "target"));
        awaitState(start("edited"), "succeeded");

        declare("edited", mongo("edited", "target").replace("$inc", "$mul"));

        when().post("/api/v1/migrations/edited/runs")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("Change set 1 was edited"));
    }

    @Test
    void keepsOneRunAtATimeAndEndsItOnDemandWhileTheTargetIsAway() throws Exception {
        declare("waits", mongo("waits", "away"));

        command("waits", "key-1");
        command("waits", "key-1");
        await().atMost(LONG)
                .untilAsserted(() -> when().get("/api/v1/migrations/waits/runs")
                        .then()
                        .body("size()", is(1))
                        .body("[0].state", equalTo("running"))
                        .body("[0].trigger", equalTo("command")));
        String run = when().get("/api/v1/migrations/waits/runs").jsonPath().getString("[0].id");
        String location = "/api/v1/migrations/waits/runs/" + run;
        when().post("/api/v1/migrations/waits/runs").then().statusCode(409).body("detail", containsString(run));
        await().atMost(LONG)
                .untilAsserted(() -> given().accept("text/plain")
                        .when()
                        .get(location)
                        .then()
                        .body(containsString("waiting: the target does not answer")));
        when().post(location + "/finish").then().statusCode(409);
        when().post(location + "/cancel").then().statusCode(202);

        awaitState(location, "cancelled");
        when().post(location + "/cancel").then().statusCode(409).body("title", equalTo("The run has ended"));
        when().get("/api/v1/migrations/waits/gate").then().statusCode(409).body("open", is(false));
    }

    @Test
    void saysWhatIsWrongAndChangesNothing() throws Exception {
        declare("typo", "kind: mongodb\nid: typo\nconection: target\n");
        declare("stranger", replication("stranger", "stranger"));
        declare("nameless", replication("nameless", "nobody"));
        declare("unconnected", replication("unconnected", "source"));
        execute("create table if not exists things (id int primary key)");

        when().post("/api/v1/migrations/nothing/runs")
                .then()
                .statusCode(404)
                .body("detail", containsString("'nothing'"));
        when().post("/api/v1/migrations/typo/runs")
                .then()
                .statusCode(422)
                .body("errors", hasItems(containsString("typo.yaml:3:1 $.conection")));
        when().post("/api/v1/migrations/stranger/runs")
                .then()
                .statusCode(422)
                .body("detail", containsString("refuses the credentials"));
        when().post("/api/v1/migrations/nameless/runs")
                .then()
                .statusCode(422)
                .body("detail", containsString("flywatch.connections.nobody.url"));
        when().post("/api/v1/migrations/unconnected/runs")
                .then()
                .statusCode(503)
                .body("detail", containsString("Kafka Connect does not answer"));
        when().get("/api/v1/migrations").then().body("broken.file", hasItems("typo.yaml"));
        when().get("/api/v1/migrations/unconnected/runs").then().statusCode(200).body("size()", is(0));
        when().get("/q/health/ready").then().statusCode(503).body(containsString("kafka-connect"));
    }

    private static String mongo(String id, String connection) {
        return """
                kind: mongodb
                id: %s
                connection: %s
                database: %s
                changeSets:
                  - version: 1
                    steps:
                      - insert: { collection: things, documents: [ { n: 1 }, { n: 2 } ] }
                      - update: { collection: things, filter: { }, update: { $inc: { n: 1 } } }
                """.formatted(id, connection, id);
    }

    private static String replication(String id, String source) {
        return """
                kind: replication
                id: %s
                source: { connection: %s, tables: "*" }
                target: { connection: target, database: %s }
                """.formatted(id, source, id);
    }

    private void command(String migrationId, String key) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            byte[] start = json.writerFor(CommandEvent.class)
                    .writeValueAsBytes(new StartRun(migrationId, null, Instant.now(), key));
            producer.send(new ProducerRecord<>(Topics.COMMANDS, migrationId, start))
                    .get();
        }
    }

    private List<String> facts(String migrationId) throws SQLException {
        List<String> types = new ArrayList<>();
        try (Connection connection = database.getConnection();
                var query = connection.prepareStatement(
                        "select type from runner.outboxevent where aggregateid = ? order by \"timestamp\", payload like '%run.started%' desc")) {
            query.setString(1, migrationId);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    types.add(rows.getString(1));
                }
            }
        }
        return types;
    }

    private void execute(String statement) throws SQLException {
        String url = ConfigProvider.getConfig().getValue("flywatch.connections.source.url", String.class);
        try (Connection connection = DriverManager.getConnection(url, "postgres", "flywatch");
                var one = connection.createStatement()) {
            one.execute(statement);
        }
    }
}

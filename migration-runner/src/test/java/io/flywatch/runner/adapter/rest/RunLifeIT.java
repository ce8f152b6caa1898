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
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.flywatch.runner.TestStack;
import io.flywatch.runner.adapter.orm.UsualRates;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestStack.class)
@NullUnmarked
class RunLifeIT {
    private static final Duration LONG = Duration.ofSeconds(90);

    @ConfigProperty(name = "flywatch.connections.target.url")
    String target;

    @Inject
    UsualRates rates;

    @Inject
    DataSource database;

    @Test
    void standsStillBetweenBatchesAndGoesOnWhereItStoodAlsoAsAnotherRunner() throws Exception {
        fill("halting", 2_000);
        declare("halting", update("halting", 5));
        String run = start("halting");
        await().atMost(LONG).until(() -> changed("halting") > 100);

        when().post(run + "/pause").then().statusCode(202);
        awaitState(run, "paused");
        long standing = changed("halting");
        when().post(run + "/pause").then().statusCode(202).body("pausedAt", notNullValue());
        when().post(run + "/retry").then().statusCode(409).body("remedy", containsString("/resume"));
        assertThat(lease("halting")).isEmpty();
        assertThat(query("select owner from runner.run where migration_id = 'halting'"))
                .containsExactly((String) null);

        assertThat(standing).isBetween(100L, 1_999L);
        assertThat(changed("halting")).isEqualTo(standing);
        when().post(run + "/resume").then().statusCode(202);
        awaitState(run, "succeeded");
        when().get(run).then().body("rows", is(2_000));
        assertThat(changed("halting")).isEqualTo(2_000);
        assertThat(total("halting")).isEqualTo(2_000);
        assertThat(facts("halting"))
                .containsExactly(
                        "io.flywatch.run.started",
                        "io.flywatch.step.started",
                        "io.flywatch.run.paused",
                        "io.flywatch.run.resumed",
                        "io.flywatch.step.finished",
                        "io.flywatch.run.finished");
        when().post(run + "/resume").then().statusCode(409).body("title", equalTo("The run has ended"));
    }

    @Test
    void endsAPausedRunThatNobodyHolds() throws Exception {
        fill("dropped", 2_000);
        declare("dropped", update("dropped", 10));
        String run = start("dropped");
        when().post(run + "/pause").then().statusCode(202);
        awaitState(run, "paused");

        when().post(run + "/cancel").then().statusCode(202);

        awaitState(run, "cancelled");
        when().post(run + "/resume").then().statusCode(409).body("remedy", containsString("Start a new run"));
    }

    @Test
    void retriesFromTheFailedStepWithTheFileAsItIsNowAndKeepsTheFailure() throws Exception {
        fill("mended", 50);
        declare(
                "mended",
                update("mended", 10)
                        + "      - createIndex: { collection: papers, name: by_k, keys: { k: 1 }, options: { unique: true } }\n");
        String run = start("mended");
        awaitState(run, "failed");
        when().get(run).then().body("failure.step", containsString("createIndex"));

        declare(
                "mended",
                update("mended", 10) + "      - createIndex: { collection: papers, name: by_k, keys: { k: 1 } }\n");
        when().post(run + "/retry").then().statusCode(202).body("attempt", is(2));

        awaitState(run, "succeeded");
        when().get(run)
                .then()
                .body("earlierFailures[0].step", containsString("createIndex"))
                .body("rows", is(50));
        assertThat(total("mended")).isEqualTo(50);
        assertThat(facts("mended")).contains("io.flywatch.run.failed", "io.flywatch.run.retried");
        when().post(run + "/retry").then().statusCode(409);
    }

    @Test
    void goesOnAfterItsRunnerWasTakenForLost() throws Exception {
        fill("stolen", 1_500);
        declare("stolen", update("stolen", 5));
        String run = start("stolen");
        await().atMost(LONG).until(() -> changed("stolen") > 50);

        execute("update runner.run set owner = 'another', owner_until = clock_timestamp() + interval '3 seconds'"
                + " where migration_id = 'stolen'");

        awaitState(run, "succeeded");
        assertThat(total("stolen")).isEqualTo(1_500);
        assertThat(facts("stolen")).contains("io.flywatch.run.resumed").endsWith("io.flywatch.run.finished");
    }

    @Test
    void remembersWhatRunsUsuallyReach() throws Exception {
        fill("usual", 5);
        declare("usual", update("usual", 5));
        assertThat(rates.of("usual")).isEmpty();
        String run = start("usual");
        awaitState(run, "succeeded");

        rates.keep(run.substring(run.lastIndexOf('/') + 1), 1_250);

        assertThat(rates.of("usual")).hasValue(1_250.0);
    }

    @Test
    void tellsAKeyThatMeansSomethingElse() throws Exception {
        fill("keyed", 5);
        declare("keyed", update("keyed", 10));
        declare("keyed-too", update("keyed-too", 10));
        CyclicBarrier together = new CyclicBarrier(24);
        Callable<String> caller = () -> {
            together.await();
            return start("keyed", given().header("Idempotency-Key", "one"));
        };
        Set<String> locations = new HashSet<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> answer : callers.invokeAll(Collections.nCopies(24, caller))) {
                locations.add(answer.get());
            }
        }
        assertThat(locations).hasSize(1);
        String run = locations.iterator().next();
        awaitState(run, "succeeded");
        when().get("/api/v1/migrations/keyed/runs").then().body("size()", is(1));

        assertThat(start("keyed", given().header("Idempotency-Key", "one"))).isEqualTo(run);
        assertThat(start("keyed-too", given().header("Idempotency-Key", "one"))).isNotEqualTo(run);
        for (String other : List.of(run + "/rollback", "/api/v1/migrations/keyed/rollback?after=0")) {
            given().header("Idempotency-Key", "one")
                    .when()
                    .post(other)
                    .then()
                    .statusCode(422)
                    .contentType("application/problem+json")
                    .body("title", containsString("Idempotency-Key"));
        }
    }

    private static String update(String id, int batch) {
        return """
                kind: mongodb
                id: %s
                connection: target
                database: %s
                changeSets:
                  - version: 1
                    steps:
                      - update: { collection: papers, filter: { }, update: { $inc: { n: 1 } }, batchSize: %d }
                """.formatted(id, id, batch);
    }

    private void fill(String database, int documents) {
        try (MongoClient client = MongoClients.create(target)) {
            List<Document> all = new ArrayList<>();
            for (int i = 0; i < documents; i++) {
                all.add(new Document("_id", i).append("n", 0).append("k", i % 7));
            }
            client.getDatabase(database).getCollection("papers").insertMany(all);
        }
    }

    private long changed(String database) {
        try (MongoClient client = MongoClients.create(target)) {
            return client.getDatabase(database).getCollection("papers").countDocuments(new Document("n", 1));
        }
    }

    private long total(String database) {
        try (MongoClient client = MongoClients.create(target)) {
            MongoCollection<Document> things = client.getDatabase(database).getCollection("papers");
            long sum = 0;
            for (Document one : things.find()) {
                sum += one.getInteger("n");
            }
            return sum;
        }
    }

    private String lease(String migration) {
        try (MongoClient client = MongoClients.create(target)) {
            Document lease = client.getDatabase(migration)
                    .getCollection("flywatch_lease")
                    .find(new Document("_id", migration))
                    .first();
            return lease == null ? "none" : lease.getString("holder");
        }
    }

    private List<String> facts(String migrationId) throws SQLException {
        return query("select type from runner.outboxevent where aggregateid = '%s' order by \"timestamp\""
                .formatted(migrationId));
    }

    private List<String> query(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = database.getConnection();
                var query = connection.createStatement();
                var rows = query.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                var one = connection.createStatement()) {
            one.execute(sql);
        }
    }
}

package io.flywatch.cdc;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;

import com.mongodb.client.MongoCollection;
import io.flywatch.events.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Verifications of a real PostgreSQL against the target, while the pipeline applies what is written meanwhile. */
@QuarkusTest
@QuarkusTestResource(CdcStack.class)
@QuarkusTestResource(VerifySource.class)
@SuppressWarnings("NullAway.Init") // set before each test
class VerifyingIT {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final int ROWS = 3_000;
    private static final int QUIET = 1_000;

    private final AtomicBoolean writing = new AtomicBoolean();
    private final AtomicBoolean beating = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private Shop shop;
    private String pipeline;
    private Thread load;
    private Thread heart;

    @BeforeEach
    void fill(TestInfo test) throws Exception {
        pipeline = test.getTestMethod().orElseThrow().getName();
        shop = new Shop(pipeline);
        shop.fill(test.getTags().contains("empty") ? 0 : ROWS);
        shop.declare();
        writing.set(true);
        load = Thread.ofPlatform().start(this::write);
        heart = Thread.ofPlatform().start(this::beat);
    }

    /** Heartbeats alone, once the writes have ended. */
    private void beat() {
        await().pollInSameThread()
                .pollInterval(Duration.ofMillis(200))
                .forever()
                .until(() -> {
                    if (beating.get()) {
                        shop.beat();
                    }
                    return ended.get();
                });
    }

    /** Changes rows behind the quiet ones as fast as the database takes them; heartbeats go on. */
    private void write() {
        Random random = new Random(7);
        try {
            while (writing.get()) {
                shop.change(random, QUIET + 1, ROWS + 500);
            }
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void end() throws Exception {
        writing.set(false);
        load.join();
        ended.set(true);
        heart.join();
        shop.close();
    }

    private MongoCollection<Document> target() {
        return CdcStack.target().collection(shop.collection());
    }

    private void awaitSnapshot() {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(target().countDocuments()).isGreaterThan(ROWS - 500));
    }

    private String verifications() {
        return "/api/v1/pipelines/" + pipeline + "/verifications";
    }

    private String order(Map<String, Object> order) {
        return given().contentType(ContentType.JSON)
                .body(order)
                .post(verifications())
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private void awaitEnd(String id) {
        await().atMost(SOON)
                .untilAsserted(() -> given().get(verifications() + "/" + id)
                        .then()
                        .body("stage", anyOf(equalTo("equal"), equalTo("mismatched"), equalTo("failed"))));
    }

    @Test
    void findsWhatDiffersWhileWritesGoOnAndNothingElse() {
        awaitSnapshot();
        target().deleteOne(new Document("_id", 17L));
        target().deleteOne(new Document("_id", 990L));
        target().updateOne(new Document("_id", 500L), new Document("$set", new Document("total", "1")));
        target().insertOne(new Document("_id", -5L).append("customer", "nobody's"));
        target().insertOne(new Document("_id", new ObjectId()).append("customer", "nobody's"));

        String id = order(Map.of("chunkSize", 300));

        awaitEnd(id);
        given().get(verifications() + "/" + id)
                .then()
                .body("stage", equalTo("mismatched"))
                .body("missing", equalTo(2))
                .body("extra", equalTo(2))
                .body("different", equalTo(1))
                .body("unsettled", equalTo(0))
                .body("whole", equalTo(true))
                .body("rows", greaterThan(ROWS - 600))
                // Three of them by what was injected; more by writes that were on their way, if there were any then.
                .body("tables[0].differingChunks", greaterThan(2));
        String next = given().get(verifications() + "/" + id + "/mismatches?limit=4")
                .then()
                .body("mismatches", hasSize(4))
                .extract()
                .path("next");
        given().get(verifications() + "/" + id + "/mismatches?limit=4&after=" + next)
                .then()
                .body("mismatches", hasSize(1));
        given().get(verifications() + "/" + id + "/mismatches?kind=different")
                .then()
                .body("mismatches.key[0]", equalTo(List.of("500")))
                .body("mismatches.columns[0]", equalTo(List.of("total")));
        given().get("/q/metrics")
                .then()
                .body(containsString(
                        "cdc_verification_mismatches{kind=\"missing\",migration_id=\"" + pipeline + "\"} 2.0"));
    }

    @Test
    void findsNothingWhereNothingDiffersAndTellsSo() {
        awaitSnapshot();

        String id = order(Map.of("chunkSize", 500));

        awaitEnd(id);
        given().get(verifications() + "/" + id)
                .then()
                .body("reason", containsString("rows are equal"))
                .body("stage", equalTo("equal"))
                .body("tables[0].phase", equalTo("done"));
        try (SourceTopics topics = new SourceTopics(pipeline)) {
            assertThat(topics.first(Topics.VERIFICATIONS))
                    .contains("\"type\":\"verification.started\"", "\"verificationId\":\"" + id + "\"");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(topics.all(Topics.VERIFICATIONS))
                            .anyMatch(event -> event.contains("\"type\":\"verification.finished\"")
                                    && event.contains("\"outcome\":\"equal\"")));
        }
    }

    @Test
    void obeysAKafkaCommandOnceAndTellsWhenItsResultIsOutdated() throws Exception {
        awaitSnapshot();
        shop.command("v-by-kafka");
        shop.command("v-by-kafka");

        await().atMost(SOON)
                .untilAsserted(() -> given().get(verifications() + "/v-by-kafka")
                        .then()
                        .body("stage", equalTo("equal"))
                        .body("outdated", equalTo(false)));
        shop.execute("alter table " + shop.collection() + " add column later text");

        await().atMost(SOON)
                .untilAsserted(() ->
                        given().get(verifications() + "/v-by-kafka").then().body("outdated", equalTo(true)));
        given().get(verifications()).then().body("", hasSize(1));
        try (SourceTopics topics = new SourceTopics(pipeline)) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(topics.all(Topics.VERIFICATIONS))
                            .anyMatch(event -> event.contains("\"type\":\"verification.outdated\"")));
        }
    }

    @Test
    void goesOnWhereItStoppedAfterAnotherReplicaHadIt() {
        awaitSnapshot();
        target().deleteOne(new Document("_id", 3L));
        target().deleteOne(new Document("_id", 999L));
        String id = order(Map.of("chunkSize", 50, "maxRowsPerSecond", 1_000));
        await().atMost(SOON)
                .untilAsserted(
                        () -> given().get(verifications() + "/" + id).then().body("rows", greaterThan(300)));

        // Another replica takes it and is killed at once: its lease ends.
        CdcStack.target()
                .collection("flywatch_verifications")
                .updateOne(
                        new Document("_id", id), Document.parse("{$inc: {epoch: 1}, $set: {leaseUntil: {$date: 0}}}"));

        awaitEnd(id);
        given().get(verifications() + "/" + id)
                .then()
                .body("missing", equalTo(2))
                .body("rows", greaterThan(ROWS - 600));
        Document kept = Objects.requireNonNull(CdcStack.target()
                .collection("flywatch_verifications")
                .find(new Document("_id", id))
                .first());
        assertThat(kept.getLong("epoch")).isGreaterThanOrEqualTo(3);
    }

    @Test
    void comparesOnlyWhatChangedSince() throws Exception {
        awaitSnapshot();
        writing.set(false);
        load.join();
        target().deleteOne(new Document("_id", 5L));
        // Kafka's times are in milliseconds: what was written before has an earlier one.
        Instant fence = Instant.now().truncatedTo(ChronoUnit.MILLIS).plusMillis(2);
        await().until(() -> Instant.now().isAfter(fence));
        shop.write(7, "late", "1.5");
        shop.write(8, "late", "2.5");
        shop.beat();
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(target().find(new Document("_id", 8L)).first())
                                .containsEntry("customer", "late"));
        target().deleteOne(new Document("_id", 7L));
        beating.set(true);

        String id = order(Map.of("changedSince", fence.toString()));

        awaitEnd(id);
        given().get(verifications() + "/" + id)
                .then()
                .body("missing", equalTo(1))
                .body("rows", equalTo(2))
                .body("whole", equalTo(false));
        given().get(verifications() + "/" + id + "/mismatches").then().body("mismatches.key[0]", equalTo(List.of("7")));
    }

    @Test
    void pausesGoesOnAndIsCancelled() {
        awaitSnapshot();
        String id = order(Map.of("chunkSize", 50, "maxRowsPerSecond", 200));

        given().post(verifications() + "/" + id + "/pause").then().statusCode(202);
        await().atMost(SOON)
                .untilAsserted(() -> given().get(verifications() + "/" + id)
                        .then()
                        .body("stage", anyOf(equalTo("paused"), equalTo("requested"))));
        given().post(verifications() + "/" + id + "/resume").then().statusCode(202);
        await().atMost(SOON)
                .untilAsserted(
                        () -> given().get(verifications() + "/" + id).then().body("stage", equalTo("running")));
        given().delete(verifications() + "/" + id).then().statusCode(202);

        await().atMost(SOON)
                .untilAsserted(
                        () -> given().get(verifications() + "/" + id).then().body("stage", equalTo("cancelled")));
        await().atMost(SOON)
                .untilAsserted(() -> given().delete(verifications() + "/" + id)
                        .then()
                        .statusCode(409)
                        .body("remedy", containsString("new one")));
    }

    @Test
    void refusesOrdersThatMakeNoSense() {
        await().atMost(SOON)
                .untilAsserted(() ->
                        given().get(verifications()).then().statusCode(200).body("", empty()));
        given().contentType(ContentType.JSON)
                .body("{\"tables\":[\"public.none\"]}")
                .post(verifications())
                .then()
                .statusCode(400)
                .body("detail", containsString("public.none"))
                .body("remedy", containsString("public.shop_"));
        given().contentType(ContentType.JSON)
                .body("{\"tabels\":[\"public.none\"]}")
                .post(verifications())
                .then()
                .statusCode(400)
                .body("detail", containsString("the field 'tabels' is unknown"));
        given().contentType(ContentType.JSON)
                .body("{\"tables\":[null]}")
                .post(verifications())
                .then()
                .statusCode(400)
                .body("detail", containsString("null stands where a value"));
        given().contentType(ContentType.JSON)
                .body("{\"sample\":0}")
                .post(verifications())
                .then()
                .statusCode(400);
        given().get(verifications() + "/v-none").then().statusCode(404);
        given().get("/api/v1/pipelines/none/verifications").then().statusCode(404);
    }
}

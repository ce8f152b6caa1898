package io.flywatch.cdc;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import io.flywatch.events.Topics;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The processor between a real broker and a stand-in for MongoDB, fed with records as Debezium writes them. */
@QuarkusTest
@QuarkusTestResource(CdcStack.class)
class ApplyingIT {
    private static final Duration SOON = Duration.ofMinutes(3);

    @SuppressWarnings("NullAway.Init") // set before each test
    private SourceTopics source;

    @Inject
    Pipelines pipelines;

    @BeforeEach
    void declare(TestInfo test) {
        source = new SourceTopics(test.getTestMethod().orElseThrow().getName());
        source.create("public.orders", 1);
        source.declare(List.of(new TableRoute("public.orders", target(), List.of("id"))));
    }

    @AfterEach
    void end() {
        CdcStack.target().comeBack();
        source.end();
        source.close();
    }

    private String target() {
        return "orders_" + source.pipeline();
    }

    private List<Document> documents() {
        return CdcStack.target().collection(target()).find().into(new ArrayList<>());
    }

    private Document document(Object id) {
        return CdcStack.target()
                .collection(target())
                .find(new Document("_id", id))
                .first();
    }

    private void awaitCount(int count) {
        await().atMost(SOON).untilAsserted(() -> assertThat(documents()).hasSize(count));
    }

    @Test
    void appliesSnapshotAndStreamWithTypes() {
        source.snapshot(1, "10.50", "a note");
        source.snapshot(2, "0.00", "b");
        source.create(3, "NaN", "c");
        source.update(1, "11.00", Envelopes.UNAVAILABLE);
        source.delete(2);

        awaitCount(2);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(document(1L).get("total")).isEqualTo(new Decimal128(new BigDecimal("11.00"))));
        Document order = document(1L);
        assertThat(order.getString("note")).isEqualTo("a note");
        assertThat(order.getLong("id")).isEqualTo(1L);
        assertThat(order.getDate("placed_at").toInstant()).isEqualTo("2026-01-02T03:04:05.678Z");
        assertThat(order.get("attributes", Document.class).getList("sizes", Integer.class))
                .containsExactly(1, 2);
        assertThat(document(3L).get("total", Decimal128.class).isNaN()).isTrue();
        assertThat(CdcStack.target()
                        .collection("flywatch_positions")
                        .find(new Document("_id.pipeline", source.pipeline())))
                .singleElement()
                .satisfies(position -> {
                    assertThat(position.getLong("snapshotRows")).isEqualTo(2);
                    assertThat(position.getLong("streamedRows")).isEqualTo(3);
                });
        lagIsTold();
    }

    private void lagIsTold() {
        await().atMost(SOON)
                .untilAsserted(() -> given().get("/api/v1/pipelines/" + source.pipeline() + "/lag")
                        .then()
                        .statusCode(200)
                        .body("lag.count", equalTo(3))
                        .body("lag.p50Seconds", greaterThan(0f))
                        .body("tables[0].snapshotRows", equalTo(2))
                        .body("backlog", equalTo(0)));
        given().accept("text/plain")
                .get("/api/v1/pipelines/" + source.pipeline() + "/lag")
                .then()
                .statusCode(200)
                .body(containsString("capture"))
                .body(containsString("caught up"))
                .body(containsString("public.orders"));
        given().get("/q/metrics")
                .then()
                .body(containsString(
                        "cdc_headroom_seconds{migration_id=\"" + source.pipeline() + "\",resource=\"kafka\"}"))
                .body(containsString("migration_rows_total{migration_id=\"" + source.pipeline() + "\""))
                .body(containsString("cdc_replication_lag_seconds{migration_id=\"" + source.pipeline()
                        + "\",source_table=\"public.orders\""));
        given().get("/api/v1/pipelines/none/lag").then().statusCode(404).body("remedy", containsString("Start a run"));
    }

    @Test
    void carriesLargeValuesToAChangedKey() {
        source.snapshot(1, "1.00", "too large to be sent twice");
        awaitCount(1);
        source.deleteMovedTo(1, 5);
        await().atMost(SOON).untilAsserted(() -> assertThat(documents()).isEmpty());

        source.createMovedFrom(5, 1, "2.00", Envelopes.UNAVAILABLE);

        awaitCount(1);
        assertThat(document(5L).getString("note")).isEqualTo("too large to be sent twice");
        assertThat(document(5L).getLong("id")).isEqualTo(5L);
        assertThat(CdcStack.target().collection("flywatch_moved").countDocuments())
                .isZero();
    }

    @Test
    void waitsForATargetThatIsAwayAndLosesNothing() {
        source.create(1, "1.00", "before");
        awaitCount(1);
        CdcStack.target().goAway();
        for (int i = 2; i <= 50; i++) {
            source.create(i, "1.00", "meanwhile");
        }
        await().atMost(SOON)
                .untilAsserted(() -> given().get("/api/v1/pipelines/" + source.pipeline())
                        .then()
                        .body("state", equalTo("throttled"))
                        .body("reason", containsString("has not taken writes")));

        CdcStack.target().comeBack();

        awaitCount(50);
    }

    @Test
    void putsAPoisonRecordAsideAndParksWhatFollowsIt() {
        source.create(1, "1.00", "good");
        source.poison(2);
        source.update(2, "3.00", "after the poison");
        source.create(3, "1.00", "good");

        awaitCount(2);
        List<ConsumerRecord<byte[], byte[]>> letters = source.deadLetters(2);
        assertThat(document(2L)).isNull();
        assertThat(letters)
                .extracting(letter -> SourceTopics.header(letter, "flywatch.dlq.kind"))
                .containsExactly("unreadable", "parked");
        assertThat(letters.getFirst().value()).isEqualTo("{\"schema\":7}".getBytes(StandardCharsets.UTF_8));
        await().atMost(SOON)
                .untilAsserted(() -> given().get("/api/v1/pipelines/" + source.pipeline() + "/dead-letters/count")
                        .then()
                        .body("records", equalTo(2))
                        .body("parkedKeys", equalTo(1)));
    }

    @Test
    void putsADocumentThatTheTargetNeverTakesAside() {
        source.create(1, "1.00", "good");
        source.createWithAttributes(2, "[".repeat(120) + "]".repeat(120));
        source.deadLetters(1);
        source.update(2, "3.00", "follows");
        source.create(3, "1.00", "good");

        awaitCount(2);
        assertThat(source.deadLetters(2))
                .extracting(letter -> SourceTopics.header(letter, "flywatch.dlq.kind"))
                .containsExactly("refused", "parked");
        assertThat(document(2L)).isNull();
    }

    @Test
    void isLockedOutByALaterEpochAndTakesThePartitionAgain() {
        source.create(1, "1.00", "before");
        awaitCount(1);
        var positions = CdcStack.target().collection("flywatch_positions");
        Document mine = new Document("_id.pipeline", source.pipeline());
        positions.updateOne(mine, new Document("$inc", new Document("epoch", 1L)));

        source.create(2, "1.00", "rejected, then applied");

        awaitCount(2);
        assertThat(positions.find(mine))
                .singleElement()
                .satisfies(position -> assertThat(position.getLong("epoch")).isEqualTo(3L));
    }

    @Test
    void goesOnWhereItStoppedAndRemembersParkedKeys() {
        source.create(1, "1.00", "first");
        source.poison(2);
        awaitCount(1);
        source.deadLetters(1);

        pipelines.end(source.pipeline());
        source.update(2, "3.00", "still parked");
        source.create(3, "1.00", "later");
        source.declare(List.of(new TableRoute("public.orders", target(), List.of("id"))));

        awaitCount(2);
        assertThat(source.deadLetters(2)).hasSize(2);
        assertThat(document(2L)).isNull();
    }

    @Test
    void keepsTheOrderOfManyChangesOfFewKeys() {
        for (int i = 1; i <= 3_000; i++) {
            int key = i % 7;
            if (i % 11 == 0) {
                source.delete(key);
            } else {
                source.create(key, i + ".00", "n" + i);
            }
        }

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(documents())
                        .extracting(order -> order.get("total", Decimal128.class)
                                .bigDecimalValue()
                                .intValue())
                        .containsExactlyInAnyOrderElementsOf(source.expected()));
    }

    @Test
    void emptiesATruncatedTableInOrder() {
        source.create(1, "1.00", "gone");
        source.truncate();
        source.create(2, "1.00", "stays");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(documents())
                        .extracting(order -> order.get("_id"))
                        .containsExactly(2L));
    }

    @Test
    void breaksAtATruncateOfATableWithSeveralPartitionsAndSkipsNothing() {
        String wide = "wide_" + source.pipeline();
        source.create("public.wide", 2);
        source.declare(List.of(
                new TableRoute("public.orders", target(), List.of("id")),
                new TableRoute("public.wide", wide, List.of("id"))));
        source.truncate("public.wide");
        source.create(1, "1.00", "another table goes on");

        await().atMost(SOON)
                .untilAsserted(() -> given().get("/api/v1/pipelines/" + source.pipeline())
                        .then()
                        .body("state", equalTo("broken"))
                        .body("reason", containsString("Nothing was skipped")));
        awaitCount(1);
        assertThat(CdcStack.target()
                        .collection("flywatch_positions")
                        .find(new Document("_id.topic", Topics.changesPrefix(source.pipeline()) + ".public.wide")))
                .allSatisfy(position -> assertThat(position.getLong("offset")).isZero());
    }

    @Test
    void sendsSamplesEachSecond() {
        source.create(1, "1.00", "first");

        assertThat(source.first(Topics.LAG)).contains("\"type\":\"lag.sample\"", "\"replica\":\"cdc-processor-");
    }
}

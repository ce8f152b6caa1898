package io.flywatch.anomaly;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.events.FlywatchEvent;
import io.flywatch.events.Topics;
import io.flywatch.events.anomaly.AnomalyClosed;
import io.flywatch.events.anomaly.AnomalyEvent;
import io.flywatch.events.anomaly.AnomalyOpened;
import io.flywatch.events.anomaly.AnomalyUpdated;
import io.flywatch.events.anomaly.Severity;
import io.flywatch.events.progress.RunFinished;
import io.flywatch.events.progress.RunState;
import io.flywatch.events.watch.RunWatched;
import io.flywatch.events.watch.WatchEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.hamcrest.Matchers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class FindsTroubleIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Inject
    ObjectMapper json;

    private final List<ConsumerRecord<String, String>> found = new ArrayList<>();
    private Instant clock = Instant.now().minusSeconds(600);

    @Test
    void opensEscalatesClosesAndHearsTheSilence() throws Exception {
        Surroundings.createTopics();
        try (KafkaProducer<String, String> producer = producer();
                KafkaConsumer<String, String> anomalies = anomalies()) {
            // The service must have found the topics before it can be told to be new to them.
            await().atMost(SOON).until(() -> {
                live(producer, Samples.streaming(tick(), 1.0, 1.0));
                return given().get("/q/metrics").asString().contains("anomaly_score{migration_id=\"shop\"");
            });
            producer.send(new ProducerRecord<>(Topics.LAG, Samples.MIGRATION, "no json at all"));

            for (int second = 0; second < 4; second++) {
                live(producer, Samples.streaming(tick(), 73.0, 2.0));
            }
            live(producer, Samples.streaming(tick(), 301.0, 2.0));

            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(events(anomalies, "high_lag")).hasSize(2));
            AnomalyOpened opened = (AnomalyOpened) events(anomalies, "high_lag").getFirst();
            AnomalyUpdated worse =
                    (AnomalyUpdated) events(anomalies, "high_lag").getLast();
            assertThat(opened.anomaly().summary())
                    .startsWith("shop: lag is 73 s, over 60 s, since ")
                    .endsWith(" UTC (public.orders worst)");
            assertThat(worse.anomaly().severity()).isEqualTo(Severity.CRITICAL);
            assertThat(found.getFirst().key()).isEqualTo("shop");
            given().queryParam("migration", "shop")
                    .get("/api/v1/anomalies")
                    .then()
                    .statusCode(200)
                    .body("find { it.rule == 'high_lag' }.state", Matchers.is("open"));

            given().get("/api/v1/series?migration=shop")
                    .then()
                    .statusCode(200)
                    .body("id", Matchers.hasItems("shop/behind", "shop/lag/public.orders"));

            for (int second = 0; second < 3; second++) {
                live(producer, Samples.streaming(tick(), 1.0, 1.0));
            }

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(last(anomalies, "high_lag")).isInstanceOf(AnomalyClosed.class));

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(judgedUpTo(anomalies)).isEqualTo(clock));

            await().atMost(SOON).untilAsserted(() -> {
                live(producer, Samples.streaming(tick(), 1.0, 1.0));
                assertThat(events(anomalies, "declared"))
                        .extracting(event -> ((AnomalyOpened) event).anomaly().summary())
                        .first(InstanceOfAssertFactories.STRING)
                        .startsWith("shop: the target's disk fills: polled/disk is 95");
            });
            asksPrometheusOfThePastFirstAndOfNobodyElse();

            // On a slow machine a silence may have been found and ended between those samples already.
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(judgedUpTo(anomalies)).isEqualTo(clock));

            // Nobody says anything any more: that is found by a timer.
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(last(anomalies, "stalled"))
                            .isInstanceOfSatisfying(
                                    AnomalyOpened.class,
                                    silent -> assertThat(silent.anomaly().summary())
                                            .startsWith("shop: no sample from the cdc-processor for ")));

            live(producer, new RunFinished("shop", Samples.RUN, tick(), RunState.SUCCEEDED, 1, Duration.ofMinutes(1)));

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(last(anomalies, "stalled"))
                            .isInstanceOfSatisfying(
                                    AnomalyClosed.class,
                                    closed -> assertThat(closed.reason()).contains("succeeded")));
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(given().get("/q/metrics").asString())
                        .contains("anomaly_episodes_total{rule=\"high_lag\",severity=\"warning\"} 1.0")
                        .contains("anomaly_open{rule=\"stalled\",severity=\"critical\"} 0.0")
                        .contains("anomaly_events_skipped_total{reason=\"unreadable\",topic=\"lag\"} 1.0")
                        .contains("anomaly_decision_seconds_count")
                        // PlayedPrometheus has one that is no number in each answer about the past.
                        .containsPattern("anomaly_points_refused_total\\{reason=\"not_finite\"\\} [1-9]"));
        given().get("/q/health/ready").then().statusCode(200).body("checks.name", Matchers.hasItem("kafka"));
        given().get("/api/v1/rules")
                .then()
                .statusCode(200)
                .body("rule", Matchers.hasItems("low_throughput", "high_error_rate", "high_lag", "stalled", "unusual"));
        String from = Instant.now().minus(Duration.ofMinutes(30)).toString();
        given().get("/api/v1/series/shop/behind?from=" + from)
                .then()
                .statusCode(200)
                .body("value", Matchers.hasItem(73.0f))
                .body("[0].upper", Matchers.notNullValue());
        given().get("/api/v1/series/shop/nothing")
                .then()
                .statusCode(404)
                .body("remedy", Matchers.containsString("series"));
        given().get("/api/v1/series/shop/behind?from=yesterday").then().statusCode(400);
        given().get("/api/v1/series/shop/behind?to=-999999999-01-01T00:00:00Z")
                .then()
                .statusCode(400);
        given().contentType("application/json")
                .body("{\"migration\": \"shop\", \"houres\": 2}")
                .post("/api/v1/backtest")
                .then()
                .statusCode(400)
                .body("detail", Matchers.containsString("the field 'houres' is unknown"));
        given().contentType("application/json")
                .body("{\"hours\": 1, \"migration\": \"shop\", \"sensitivity\": \"early\"}")
                .post("/api/v1/backtest")
                .then()
                .statusCode(200)
                .body("episodes.rule", Matchers.hasItem("high_lag"));
        given().contentType("application/json")
                .body("{\"hours\": 1000}")
                .post("/api/v1/backtest")
                .then()
                .statusCode(400);
        given().get("/api/v1/anomalies?limit=0").then().statusCode(400).body("remedy", Matchers.notNullValue());
    }

    private static void asksPrometheusOfThePastFirstAndOfNobodyElse() {
        List<String> asked = Surroundings.prometheus().asked();
        assertThat(asked).noneMatch(query -> query.endsWith("query=disk"));
        assertThat(asked.stream().filter(query -> query.contains("query=disk{migration=\"shop\"}")))
                .hasSizeGreaterThan(1)
                .first(InstanceOfAssertFactories.STRING)
                .startsWith("range ")
                .contains("step=1.0");
        given().get("/api/v1/series?migration=shop")
                .then()
                .statusCode(200)
                .body(
                        "id",
                        Matchers.hasItems("shop/polled/disk", "shop/polled/hosts/host=a", "shop/polled/hosts/host=b"));
        given().get("/api/v1/rules/file")
                .then()
                .statusCode(200)
                .body("flaws", Matchers.empty())
                .body("polled.find { it.series == 'polled/disk' }.trouble", Matchers.nullValue())
                .body("polled.find { it.series == 'polled/wrong' }.trouble", Matchers.containsString("parse error"))
                .body("polled.find { it.series == 'polled/odd' }.trouble", Matchers.containsString("not understood"));
    }

    private Instant tick() {
        clock = clock.plusSeconds(1);
        return clock;
    }

    private void live(KafkaProducer<String, String> producer, FlywatchEvent event) throws JsonProcessingException {
        String topic = event instanceof RunFinished ? Topics.PROGRESS : Topics.LAG;
        producer.send(new ProducerRecord<>(topic, event.migrationId(), json.writeValueAsString(event)));
        producer.flush();
    }

    private @Nullable AnomalyEvent last(KafkaConsumer<String, String> consumer, String rule)
            throws JsonProcessingException {
        List<AnomalyEvent> events = events(consumer, rule);
        return events.isEmpty() ? null : events.getLast();
    }

    private List<AnomalyEvent> events(KafkaConsumer<String, String> consumer, String rule)
            throws JsonProcessingException {
        consumer.poll(Duration.ofMillis(100)).forEach(found::add);
        List<AnomalyEvent> events = new ArrayList<>();
        for (ConsumerRecord<String, String> each : found) {
            JsonNode tree = json.readTree(each.value());
            if (tree.at("/anomaly/rule").asText().equals(rule)) {
                events.add(json.treeToValue(tree, AnomalyEvent.class));
            }
        }
        return events;
    }

    /** Up to when the service says that it has judged the run. */
    private @Nullable Instant judgedUpTo(KafkaConsumer<String, String> consumer) throws JsonProcessingException {
        consumer.poll(Duration.ofMillis(100)).forEach(found::add);
        Instant upTo = null;
        for (ConsumerRecord<String, String> each : found) {
            if (each.topic().equals(Topics.WATCHES)
                    && json.readValue(each.value(), WatchEvent.class) instanceof RunWatched watched) {
                upTo = watched.judgedUpTo();
            }
        }
        return upTo;
    }

    private static KafkaProducer<String, String> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", Surroundings.kafka()), new StringSerializer(), new StringSerializer());
    }

    private static KafkaConsumer<String, String> anomalies() {
        KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", Surroundings.kafka(), "group.id", "test", "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer());
        consumer.subscribe(List.of(Topics.ANOMALIES, Topics.WATCHES));
        return consumer;
    }
}

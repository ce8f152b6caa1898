package io.flywatch.runner.adapter.rest;

import static io.flywatch.runner.adapter.rest.RunsByRest.declare;
import static io.flywatch.runner.adapter.rest.RunsByRest.folder;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.flywatch.events.Topics;
import io.flywatch.runner.TestStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestStack.class)
@NullUnmarked
class TriggersIT {
    private static final Duration LONG = Duration.ofSeconds(90);

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Inject
    DataSource database;

    @Test
    void putsCommandsThatCanNotBeObeyedToTheDeadLettersAndGoesOn() throws Exception {
        declare("ordered", mongo("ordered", ""));

        send("this is no JSON");
        send("{\"type\":\"run.start\",\"at\":\"2026-11-22T21:30:00Z\"}");
        send(
                "{\"type\":\"run.start\",\"migrationId\":\"nowhere\",\"at\":\"2026-11-22T21:30:00Z\",\"idempotencyKey\":\"k\"}");
        send("{\"type\":\"of.tomorrow\",\"migrationId\":\"ordered\",\"at\":\"2026-11-22T21:30:00Z\"}");
        send("{\"type\":\"run.start\",\"migrationId\":\"ordered\",\"at\":\"2026-11-22T21:30:00Z\"}");

        await().atMost(LONG)
                .untilAsserted(() -> when().get("/api/v1/migrations/ordered/runs")
                        .then()
                        .body("size()", is(1))
                        .body("[0].trigger", equalTo("command"))
                        .body("[0].idempotencyKey", containsString("command/")));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(reasons())
                        .anyMatch(it -> it.contains("no JSON"))
                        .anyMatch(it -> it.contains("names no migration"))
                        .anyMatch(it -> it.contains("no migration 'nowhere'"))
                        .hasSize(3));
    }

    @Test
    void losesNoCommandWhileTheControlDatabaseRefusesIt() throws Exception {
        declare("patient", mongo("patient", ""));
        execute("alter table runner.run rename to run_is_away");
        try {
            send(
                    "{\"type\":\"run.start\",\"migrationId\":\"patient\",\"at\":\"2026-11-22T21:30:00Z\",\"idempotencyKey\":\"p\"}");
            await().during(Duration.ofSeconds(4)).atMost(LONG).until(() -> true);
        } finally {
            execute("alter table runner.run_is_away rename to run");
        }

        await().atMost(LONG)
                .untilAsserted(() -> when().get("/api/v1/migrations/patient/runs")
                        .then()
                        .body("size()", is(1))
                        .body("[0].state", equalTo("succeeded")));
    }

    @Test
    void startsARunOnTimeOnceAndTellsWhatItSkipped() throws Exception {
        declare("timed", mongo("timed", "schedule: { cron: \"* * * * *\", zone: Europe/Berlin }"));
        await().atMost(LONG).until(() -> handled("timed") == 1);
        execute("update runner.schedule set handled = date_trunc('minute', clock_timestamp()) - interval '1 minute'"
                + " where migration_id = 'timed'");

        await().atMost(LONG)
                .untilAsserted(() -> when().get("/api/v1/migrations/timed/runs")
                        .then()
                        .body("[0].trigger", equalTo("schedule"))
                        .body("[0].state", equalTo("succeeded")));
        when().get("/api/v1/migrations/timed")
                .then()
                .body("schedule.next", notNullValue())
                .body("schedule.last.outcome", equalTo("STARTED"));

        declare("late", mongo("late", "schedule: { cron: \"0 2 * * *\" }"));
        await().atMost(LONG).until(() -> handled("late") == 1);
        execute(
                "update runner.schedule set handled = clock_timestamp() - interval '3 days' where migration_id = 'late'");
        await().atMost(LONG)
                .untilAsserted(() ->
                        when().get("/api/v1/migrations/late").then().body("schedule.last.outcome", equalTo("MISSED")));
        when().get("/api/v1/migrations/late/runs").then().body("size()", is(0));
        Files.delete(folder().resolve("timed.yaml"));
    }

    private long handled(String migration) throws SQLException {
        try (Connection connection = database.getConnection();
                var query = connection.createStatement();
                var rows = query.executeQuery(
                        "select count(*) from runner.schedule where migration_id = '" + migration + "'")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void send(String value) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(Topics.COMMANDS, "one-key", value))
                    .get();
        }
    }

    private List<String> reasons() {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrapServers, "group.id", "look", "auto.offset.reset", "earliest");
        List<String> reasons = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var partitions = consumer.partitionsFor(Topics.COMMANDS_DEAD_LETTERS).stream()
                    .map(it -> new org.apache.kafka.common.TopicPartition(it.topic(), it.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = consumer.endOffsets(partitions).values().stream()
                    .mapToLong(it -> it)
                    .sum();
            while (reasons.size() < end) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    reasons.add(new String(
                            record.headers().lastHeader("flywatch_reason").value(), StandardCharsets.UTF_8));
                }
            }
        }
        return reasons;
    }

    private static String mongo(String id, String more) {
        return """
                kind: mongodb
                id: %s
                %s
                connection: target
                database: %s
                changeSets:
                  - version: 1
                    steps:
                      - createCollection: { collection: letters }
                """.formatted(id, more, id);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                var one = connection.createStatement()) {
            one.execute(sql);
        }
    }
}

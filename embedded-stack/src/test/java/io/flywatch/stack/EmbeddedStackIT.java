package io.flywatch.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClients;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStackIT {

    @TempDir
    Path dir;

    @Test
    void carriesARecordThroughKafka() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(dir)) {
            Map<String, Object> common = Map.of("bootstrap.servers", kafka.bootstrapServers());
            try (Admin admin = Admin.create(common)) {
                admin.createTopics(List.of(new NewTopic("greetings", 1, (short) 1)))
                        .all()
                        .get();
            }
            try (var producer = new KafkaProducer<>(common, new StringSerializer(), new StringSerializer())) {
                producer.send(new ProducerRecord<>("greetings", "key", "hello")).get();
            }

            Map<String, Object> reading = Map.of(
                    "bootstrap.servers", kafka.bootstrapServers(), "group.id", "g", "auto.offset.reset", "earliest");
            try (var consumer = new KafkaConsumer<>(reading, new StringDeserializer(), new StringDeserializer())) {
                consumer.subscribe(List.of("greetings"));

                var records = consumer.poll(Duration.ofSeconds(20));

                assertThat(records)
                        .singleElement()
                        .satisfies(r -> assertThat(r.value()).isEqualTo("hello"));
            }
        }
    }

    @Test
    void decodesChangesAndAsksForAPassword() throws Exception {
        ProcessHandle process;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dir)) {
            postgres.createDatabase("shop");
            process = ProcessHandle.of(postgres.pid()).orElseThrow();
            try (var connection = postgres.connect("shop");
                    var statement = connection.createStatement()) {
                statement.execute("SELECT pg_create_logical_replication_slot('s', 'pgoutput')");
                statement.execute("CREATE TABLE t (id int PRIMARY KEY)");
            }
            assertThatThrownBy(
                            () -> DriverManager.getConnection(postgres.jdbcUrl("shop"), EmbeddedPostgres.USER, "wrong"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
        }
        assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void keepsADocument() {
        try (MongoStandIn mongo = MongoStandIn.start();
                var client = MongoClients.create(mongo.uri())) {
            var greetings = client.getDatabase("d").getCollection("greetings");

            greetings.insertOne(new Document("_id", 1).append("text", "hello".getBytes(StandardCharsets.UTF_8)));

            assertThat(greetings.countDocuments()).isEqualTo(1);
        }
    }
}

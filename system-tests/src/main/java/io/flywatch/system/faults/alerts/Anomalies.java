package io.flywatch.system.faults.alerts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.flywatch.events.Topics;
import io.flywatch.events.anomaly.Anomaly;
import io.flywatch.events.anomaly.AnomalyClosed;
import io.flywatch.events.anomaly.AnomalyEvent;
import io.flywatch.events.anomaly.AnomalyOpened;
import io.flywatch.events.anomaly.Severity;
import io.flywatch.stack.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker that can go away and come back, with anomalies that open and close. */
final class Anomalies implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    private final Path folder;
    private final String prefix;
    private final Set<String> firing = new HashSet<>();
    private final Set<String> ended = new HashSet<>();
    private EmbeddedKafka kafka;

    Anomalies(Path folder, String prefix) throws ExecutionException, InterruptedException {
        this.folder = folder;
        this.prefix = prefix;
        this.kafka = EmbeddedKafka.start(folder);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers()))) {
            admin.createTopics(List.of(
                            new NewTopic(Topics.ANOMALIES, Optional.of(2), Optional.empty()),
                            new NewTopic(Topics.PROGRESS, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }

    String servers() {
        return kafka.bootstrapServers();
    }

    /** Writes anomalies that open, and every second of them closes; returns when Kafka has them. */
    void write(int from, int to) throws ExecutionException, InterruptedException, JsonProcessingException {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers(), "acks", "all"),
                new StringSerializer(),
                new StringSerializer())) {
            for (int i = from; i < to; i++) {
                String name = prefix + "-k" + i;
                Instant now = Instant.now();
                Anomaly anomaly = new Anomaly(
                        "ep-" + i,
                        "high_lag",
                        "lag",
                        Severity.WARNING,
                        73,
                        60,
                        "seconds",
                        now,
                        80,
                        "lag of " + name,
                        null,
                        null,
                        null);
                write(producer, name, new AnomalyOpened(name, "run", now, anomaly));
                firing.add(name);
                if (i % 2 == 0) {
                    write(producer, name, new AnomalyClosed(name, "run", now.plusSeconds(1), anomaly, "back in range"));
                    ended.add(name);
                }
            }
        }
    }

    private static void write(KafkaProducer<String, String> producer, String key, AnomalyEvent event)
            throws ExecutionException, InterruptedException, JsonProcessingException {
        producer.send(new ProducerRecord<>(Topics.ANOMALIES, key, JSON.writeValueAsString(event)))
                .get();
    }

    /** Goes away for a while. */
    void goAway(long millis) throws InterruptedException {
        int port = kafka.port();
        kafka.close();
        Thread.sleep(millis);
        kafka = EmbeddedKafka.start(folder, port);
    }

    Set<String> firing() {
        return firing;
    }

    Set<String> ended() {
        return ended;
    }

    @Override
    public void close() {
        kafka.close();
    }
}

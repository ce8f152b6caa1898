package io.flywatch.system.bench.incidents;

import com.fasterxml.jackson.databind.JsonNode;
import io.flywatch.events.Topics;
import io.flywatch.system.bench.incidents.Recording.Heard;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Writes down what is said on the topics of statistics, and when it was heard. */
final class Listener implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);

    private final Map<String, List<Heard>> heard = new ConcurrentHashMap<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Thread thread;

    Listener(String bootstrapServers) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrapServers,
                "group.id", "recorder",
                "auto.offset.reset", "earliest",
                "metadata.max.age.ms", "2000",
                "reconnect.backoff.max.ms", "500");
        thread = Thread.ofPlatform().daemon().name("listener").start(() -> {
            try (KafkaConsumer<String, byte[]> consumer =
                    new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
                consumer.subscribe(List.of(Topics.PROGRESS, Topics.LAG));
                while (!stopped.get()) {
                    consumer.poll(POLL).forEach(this::note);
                }
            }
        });
    }

    private void note(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return;
        }
        try {
            JsonNode event = Recording.JSON.readTree(record.value());
            heard.computeIfAbsent(event.path("migrationId").asText(), id -> new ArrayList<>())
                    .add(new Heard(
                            System.currentTimeMillis(), record.topic().equals(Topics.LAG) ? "lag" : "progress", event));
        } catch (IOException e) {
            throw new IllegalStateException("A statistic can't be read: " + e.getMessage(), e);
        }
    }

    Map<String, List<Heard>> heard() {
        return heard;
    }

    @Override
    public void close() throws InterruptedException {
        stopped.set(true);
        thread.join(10_000);
    }
}

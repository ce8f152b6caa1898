package io.flywatch.quickstart.events;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.events.FlywatchEvent;
import io.flywatch.events.Topics;
import io.flywatch.events.alert.AlertEvent;
import io.flywatch.events.anomaly.AnomalyEvent;
import io.flywatch.events.lag.LagEvent;
import io.flywatch.events.pipeline.PipelineEvent;
import io.flywatch.events.progress.ProgressEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** One thread that reads Flywatch's topics from their beginning and hands over every event. */
public final class EventReader implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(EventReader.class.getName());
    private static final Duration POLL = Duration.ofMillis(200);

    private static final Map<String, Class<? extends FlywatchEvent>> TYPES = Map.of(
            Topics.PROGRESS, ProgressEvent.class,
            Topics.LAG, LagEvent.class,
            Topics.ANOMALIES, AnomalyEvent.class,
            Topics.ALERTS, AlertEvent.class,
            Topics.PIPELINES, PipelineEvent.class);

    private final KafkaConsumer<String, byte[]> consumer;
    private final ObjectMapper json;
    private final Consumer<FlywatchEvent> reader;
    private final Thread thread;

    private EventReader(KafkaConsumer<String, byte[]> consumer, ObjectMapper json, Consumer<FlywatchEvent> reader) {
        this.consumer = consumer;
        this.json = json;
        this.reader = reader;
        this.thread = Thread.ofPlatform().daemon().name("event-reader").unstarted(this::run);
    }

    /** Starts; topics that are made later are found. */
    public static EventReader start(String bootstrapServers, ObjectMapper json, Consumer<FlywatchEvent> reader) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("auto.offset.reset", "earliest");
        settings.put("metadata.max.age.ms", 1000);
        settings.put("enable.auto.commit", false);
        EventReader events = new EventReader(
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer()), json, reader);
        events.thread.start();
        return events;
    }

    private void run() {
        try (consumer) {
            while (!Thread.currentThread().isInterrupted()) {
                if (consumer.assignment().size() < TYPES.size()) {
                    consumer.assign(known());
                }
                if (consumer.assignment().isEmpty()) {
                    Thread.sleep(POLL);
                } else {
                    consumer.poll(POLL).forEach(this::handOver);
                }
            }
        } catch (WakeupException | InterruptException | InterruptedException e) {
            // It is the end.
        }
    }

    private List<TopicPartition> known() {
        return consumer.listTopics().entrySet().stream()
                .filter(topic -> TYPES.containsKey(topic.getKey()))
                .flatMap(topic -> topic.getValue().stream())
                .map(EventReader::partition)
                .toList();
    }

    private static TopicPartition partition(PartitionInfo info) {
        return new TopicPartition(info.topic(), info.partition());
    }

    private void handOver(ConsumerRecord<String, byte[]> kafkaRecord) {
        if (kafkaRecord.value() == null) {
            return;
        }
        try {
            reader.accept(json.readValue(kafkaRecord.value(), TYPES.get(kafkaRecord.topic())));
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "an event of " + kafkaRecord.topic() + " is not understood", e);
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.flywatch.quickstart.trouble;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Records that nobody can apply arrive among the changes, with keys of their own, so that no row is held up by them. */
public final class ErrorBurst implements Trouble {

    private static final int EACH_TIME = 4;
    private static final Duration LOOKS_FOR_A_KEY = Duration.ofSeconds(10);

    private final String bootstrapServers;
    private final String topic;
    private final ObjectMapper json;
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private volatile byte[] key = new byte[0];

    /** Writes to a topic of changes. */
    public ErrorBurst(String bootstrapServers, String topic, ObjectMapper json) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
        this.json = json;
    }

    @Override
    public String name() {
        return "error-burst";
    }

    @Override
    public String explanation() {
        return "records that can't be applied arrive on " + topic;
    }

    @Override
    public Duration lasts() {
        return Duration.ofSeconds(20);
    }

    /** The keys of all such records so far. */
    public Set<String> keys() {
        return Set.copyOf(keys);
    }

    @Override
    public void begin() throws IOException {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers, "max.poll.records", 1),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            for (var found : consumer.poll(LOOKS_FOR_A_KEY)) {
                key = found.key();
            }
        }
        if (key.length == 0) {
            throw new IOException("There is nothing on " + topic + " yet.");
        }
    }

    @Override
    public void go() throws IOException {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < EACH_TIME; i++) {
                byte[] own = ownKey();
                keys.add(new String(own, StandardCharsets.UTF_8));
                producer.send(
                        new ProducerRecord<>(topic, own, "This is no change event.".getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    // Of the shape of a real key, and none that is.
    private byte[] ownKey() throws IOException {
        JsonNode root = json.readTree(key);
        JsonNode payload = root.has("payload") ? root.get("payload") : root;
        int number = keys.size() + 1;
        if (payload instanceof ObjectNode fields) {
            for (Map.Entry<String, JsonNode> field : fields.properties()) {
                if (field.getValue().isNumber()) {
                    fields.put(field.getKey(), -number);
                } else if (field.getValue().isTextual()) {
                    fields.put(field.getKey(), "broken-" + number);
                }
            }
        }
        return json.writeValueAsBytes(root);
    }

    @Override
    public void end() {
        // It is over when nothing more is written.
    }
}

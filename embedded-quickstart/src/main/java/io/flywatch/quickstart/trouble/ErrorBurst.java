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
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
    private final List<String> topics;
    private final ObjectMapper json;
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private volatile byte[] key = new byte[0];
    private volatile String topic = "";

    /** Writes to one of these topics of changes, one that is not empty. */
    public ErrorBurst(String bootstrapServers, List<String> topics, ObjectMapper json) {
        this.bootstrapServers = bootstrapServers;
        this.topics = List.copyOf(topics);
        this.json = json;
    }

    @Override
    public String name() {
        return "error-burst";
    }

    @Override
    public String explanation() {
        return "records that nobody can apply arrive among the changes";
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
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers, "max.poll.records", 1),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var there = consumer.listTopics().keySet();
            List<TopicPartition> all = topics.stream()
                    .filter(there::contains)
                    .map(name -> new TopicPartition(name, 0))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            for (var found :
                    all.isEmpty() ? List.<ConsumerRecord<byte[], byte[]>>of() : consumer.poll(LOOKS_FOR_A_KEY)) {
                key = found.key();
                topic = found.topic();
            }
        }
        if (key.length == 0) {
            throw new IOException("No change has been written yet.");
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

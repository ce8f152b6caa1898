package io.flywatch.cdc.adapter.kafka;

import io.flywatch.cdc.TopicSizes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;

/** What the consumer of changes knows anyway of all topics of changes, whether any of their partitions is ours or not. */
@Singleton
final class SubscribedTopics implements TopicSizes {
    private static final long BETWEEN_LOOKS_NANOS = Duration.ofSeconds(1).toNanos();
    /** What is not known by itself is not waited for. */
    private static final Duration AT_ONCE = Duration.ofMillis(100);

    private volatile Map<String, Integer> partitions = Map.of();
    private long lookedAt = System.nanoTime() - BETWEEN_LOOKS_NANOS;

    @Override
    public OptionalInt partitions(String topic) {
        Integer known = partitions.get(topic);
        return known == null ? OptionalInt.empty() : OptionalInt.of(known);
    }

    /** For the consumer's thread. */
    void look(KafkaConsumer<byte[], byte[]> consumer) {
        if (System.nanoTime() - lookedAt < BETWEEN_LOOKS_NANOS) {
            return;
        }
        lookedAt = System.nanoTime();
        Map<String, Integer> found = new HashMap<>();
        for (String topic : consumer.subscription()) {
            int size = size(consumer, topic);
            if (size > 0) {
                found.put(topic, size);
            }
        }
        partitions = Map.copyOf(found);
    }

    private static int size(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        try {
            return consumer.partitionsFor(topic, AT_ONCE).size();
        } catch (KafkaException notNow) {
            return 0;
        }
    }
}

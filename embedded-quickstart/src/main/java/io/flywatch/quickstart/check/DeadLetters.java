package io.flywatch.quickstart.check;

import io.flywatch.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what could not be applied. */
final class DeadLetters {

    private static final Duration POLL = Duration.ofMillis(500);

    private DeadLetters() {}

    /** The keys of all of them, as text. */
    static List<String> keys(String bootstrapServers) {
        List<String> keys = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.listTopics().getOrDefault(Topics.DEAD_LETTERS, List.of()).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
                for (ConsumerRecord<byte[], byte[]> letter : consumer.poll(POLL)) {
                    keys.add(letter.key() == null ? "" : new String(letter.key(), StandardCharsets.UTF_8));
                }
            }
        }
        return keys;
    }
}

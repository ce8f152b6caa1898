package io.flywatch.anomaly.adapter.kafka;

import io.flywatch.events.FlywatchEvent;
import io.flywatch.events.Topics;
import io.flywatch.events.anomaly.AnomalyEvent;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Reads the topic of anomalies from its beginning to its end: what was told before. */
@Singleton
final class Past {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumers consumers;
    private final Decoder decoder;

    Past(Consumers consumers, Decoder decoder) {
        this.consumers = consumers;
        this.decoder = decoder;
    }

    /**
     * What was told of the migrations that are ours.
     *
     * @param partitions the partitions of the statistics that are ours
     * @param of how many
     */
    List<AnomalyEvent> told(Set<Integer> partitions, int of) {
        Predicate<String> ours = migrationId -> partitions.contains(partitionOf(migrationId, of));
        List<AnomalyEvent> told = new ArrayList<>();
        try (KafkaConsumer<String, byte @Nullable []> consumer = consumers.alone()) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitionsOf(consumer));
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(found -> {
                    FlywatchEvent event = decoder.decode(found).orElse(null);
                    if (event instanceof AnomalyEvent anomaly && ours.test(anomaly.migrationId())) {
                        told.add(anomaly);
                    }
                });
            }
        }
        return told;
    }

    private static Set<TopicPartition> partitionsOf(KafkaConsumer<?, ?> consumer) {
        List<PartitionInfo> found = consumer.listTopics().getOrDefault(Topics.ANOMALIES, List.of());
        return found.stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .collect(Collectors.toSet());
    }

    /** Where Kafka's default partitioner puts a key. */
    static int partitionOf(String key, int of) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % of;
    }
}

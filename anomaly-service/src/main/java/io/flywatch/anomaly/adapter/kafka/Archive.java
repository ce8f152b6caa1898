package io.flywatch.anomaly.adapter.kafka;

import io.flywatch.events.FlywatchEvent;
import io.flywatch.events.Topics;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads a stretch of the statistics again, for who asks about the past. */
@Singleton
public final class Archive {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int MOST = 2_000_000;

    private final Consumers consumers;
    private final Decoder decoder;

    Archive(Consumers consumers, Decoder decoder) {
        this.consumers = consumers;
        this.decoder = decoder;
    }

    /** More was asked for than can be read at once. */
    public static final class TooMuchException extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooMuchException(String message) {
            super(message);
        }
    }

    /**
     * The events of a stretch of time, in their order.
     *
     * @param wanted which migrations, by their ids
     * @throws TooMuchException if the stretch holds too many, or reading takes too long
     */
    public List<FlywatchEvent> events(Instant from, Instant to, Predicate<String> wanted) {
        List<ConsumerRecord<String, byte @Nullable []>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte @Nullable []> consumer = consumers.alone()) {
            Map<TopicPartition, Long> ends = seek(consumer, from, to);
            long deadline = System.nanoTime() + LONGEST.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(found -> {
                    if (found.timestamp() <= to.toEpochMilli() && (found.key() == null || wanted.test(found.key()))) {
                        records.add(found);
                    }
                });
                if (records.size() > MOST || System.nanoTime() > deadline) {
                    throw new TooMuchException("from " + from + " to " + to + " there are more than " + records.size()
                            + " samples to read");
                }
            }
        }
        return records.stream()
                .sorted(Comparator.comparingLong(ConsumerRecord::timestamp))
                .flatMap(found -> decoder.decode(found).stream())
                .filter(event -> wanted.test(event.migrationId()))
                .toList();
    }

    private static Map<TopicPartition, Long> seek(KafkaConsumer<?, ?> consumer, Instant from, Instant to) {
        List<TopicPartition> partitions = List.of(Topics.PROGRESS, Topics.LAG).stream()
                .flatMap(topic -> consumer.listTopics().getOrDefault(topic, List.of()).stream())
                .map(found -> new TopicPartition(found.topic(), found.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
        Map<TopicPartition, @Nullable OffsetAndTimestamp> later = consumer.offsetsForTimes(times(partitions, to));
        Map<TopicPartition, @Nullable OffsetAndTimestamp> first = consumer.offsetsForTimes(times(partitions, from));
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp end = later.get(partition);
            if (end != null) {
                ends.put(partition, end.offset());
            }
            OffsetAndTimestamp begin = first.get(partition);
            consumer.seek(partition, begin == null ? ends.getOrDefault(partition, 0L) : begin.offset());
        }
        return ends;
    }

    private static Map<TopicPartition, Long> times(List<TopicPartition> partitions, Instant time) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, time.toEpochMilli()));
        return times;
    }
}

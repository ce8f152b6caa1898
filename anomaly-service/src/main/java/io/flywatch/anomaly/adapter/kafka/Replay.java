package io.flywatch.anomaly.adapter.kafka;

import io.flywatch.events.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The recent past of the statistics: from where on to read, and which of it was decided on before. Records before the committed offset
 * were; so were, for our purposes, records older than the window. A group that never committed tells of nothing that is past.
 */
final class Replay {

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<String, byte @Nullable []> consumer;
    private final Instant windowStart;
    private final Map<TopicPartition, Long> undecidedFrom = new HashMap<>();
    private final Map<TopicPartition, Long> ends;

    Replay(KafkaConsumer<String, byte @Nullable []> consumer, Instant windowStart) {
        this.consumer = consumer;
        this.windowStart = windowStart;
        Set<TopicPartition> assigned = consumer.assignment();
        this.ends = Map.copyOf(consumer.endOffsets(assigned));
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(assigned);
        ends.forEach((partition, end) -> {
            OffsetAndMetadata position = committed.get(partition);
            undecidedFrom.put(partition, position == null ? end : Math.min(position.offset(), end));
        });
        seek(assigned);
    }

    private void seek(Set<TopicPartition> assigned) {
        Map<TopicPartition, Long> times = new HashMap<>();
        assigned.forEach(partition -> times.put(partition, windowStart.toEpochMilli()));
        Map<TopicPartition, @Nullable OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(assigned);
        ends.forEach((partition, end) -> {
            OffsetAndTimestamp atWindowStart = found.get(partition);
            long from = atWindowStart == null ? end : atWindowStart.offset();
            // The end of a run must not be missed, however long ago it was.
            boolean facts = partition.topic().equals(Topics.PROGRESS);
            long wanted = facts ? Math.min(from, undecidedFrom.getOrDefault(partition, end)) : from;
            consumer.seek(partition, Math.max(wanted, beginnings.getOrDefault(partition, 0L)));
        });
    }

    /** All records up to the end, in the order of their times. */
    List<ConsumerRecord<String, byte @Nullable []>> records() {
        List<ConsumerRecord<String, byte @Nullable []>> records = new ArrayList<>();
        while (isStillOurs() && !isAtEnd()) {
            consumer.poll(POLL).forEach(records::add);
        }
        records.sort(Comparator.comparingLong(ConsumerRecord::timestamp));
        return records;
    }

    /** Partitions may be given away while they are replayed. */
    private boolean isStillOurs() {
        return consumer.assignment().equals(ends.keySet());
    }

    private boolean isAtEnd() {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Whether a record has not been decided on, so that the world is to be told of what comes of it. */
    boolean isNews(ConsumerRecord<?, ?> found) {
        TopicPartition partition = new TopicPartition(found.topic(), found.partition());
        return found.offset() >= undecidedFrom.getOrDefault(partition, 0L)
                && found.timestamp() >= windowStart.toEpochMilli();
    }
}

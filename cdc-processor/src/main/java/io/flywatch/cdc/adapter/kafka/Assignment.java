package io.flywatch.cdc.adapter.kafka;

import io.flywatch.cdc.Lane;
import io.flywatch.cdc.LaneTools;
import io.flywatch.cdc.Pipelines;
import io.flywatch.cdc.apply.Inbound;
import io.flywatch.cdc.avro.Schemas;
import io.flywatch.cdc.change.Raw;
import io.flywatch.cdc.position.Resume;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The partitions that the group gave us, and the lane of each. A partition is read only while it has a lane that has told where to
 * go on from and that has room; the partitions of pipelines that are not declared are left unread. For the consumer's thread alone.
 */
final class Assignment implements ConsumerRebalanceListener {

    private static final Duration TAKE_AGAIN_AFTER = Duration.ofSeconds(5);

    private final Pipelines pipelines;
    private final LaneTools tools;
    private final Map<TopicPartition, Lane> lanes = new HashMap<>();
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;

    Assignment(Pipelines pipelines, LaneTools tools) {
        this.pipelines = pipelines;
        this.tools = tools;
    }

    boolean isListeningTo(KafkaConsumer<byte[], byte[]> candidate) {
        return consumer == candidate;
    }

    /** A new consumer begins without partitions. */
    void listenTo(KafkaConsumer<byte[], byte[]> opened) {
        closeAll();
        consumer = opened;
    }

    void closeAll() {
        Set.copyOf(lanes.keySet()).forEach(this::close);
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        if (consumer == null) {
            throw new IllegalStateException("there is no consumer yet");
        }
        return consumer;
    }

    /** Where a partition begins is told by the target; until then it is not read, and any place will do. */
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> consumer().seek(partition, 0));
        consumer().pause(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        partitions.forEach(this::close);
    }

    private void close(TopicPartition partition) {
        Lane lane = lanes.remove(partition);
        if (lane != null) {
            lane.leave();
        }
    }

    /** Opens, closes, pauses and resumes, as the lanes and the declared pipelines ask for. */
    void tend() {
        for (TopicPartition partition : consumer().assignment()) {
            Lane lane = lanes.get(partition);
            if (lane != null && (!pipelines.holds(lane) || lane.wasFencedFor(TAKE_AGAIN_AFTER))) {
                close(partition);
                lane = null;
            }
            if (lane == null) {
                lane = pipelines
                        .open(partition.topic(), partition.partition(), tools)
                        .orElse(null);
            }
            if (lane != null) {
                lanes.put(partition, lane);
            }
            flow(partition, lane);
        }
    }

    private void flow(TopicPartition partition, @Nullable Lane lane) {
        boolean paused = consumer().paused().contains(partition);
        if (lane == null || lane.isFull()) {
            if (!paused) {
                consumer().pause(Set.of(partition));
            }
            return;
        }
        OptionalLong seek = lane.takeSeek();
        if (seek.isPresent()) {
            consumer().seek(partition, seek.getAsLong());
        }
        if (paused) {
            consumer().resume(Set.of(partition));
        }
    }

    void handOver(ConsumerRecords<byte[], byte[]> records) {
        long now = micros(Instant.now());
        for (TopicPartition partition : records.partitions()) {
            Lane lane = lanes.get(partition);
            if (lane != null) {
                List<Inbound> inbound = new ArrayList<>();
                records.records(partition).forEach(record -> inbound.add(inbound(record, now)));
                lane.offer(inbound);
            }
        }
        Set<TopicPartition> paused = consumer().paused();
        lanes.forEach((partition, lane) -> {
            if (!paused.contains(partition)) {
                lane.reach().fetchedTo(consumer().position(partition));
            }
        });
    }

    private Inbound inbound(ConsumerRecord<byte[], byte[]> record, long now) {
        Schemas schemas = tools.catalogues().schemas();
        return new Inbound(
                record.offset(),
                new Raw(
                        SchemaIds.key(record.key(), record.headers(), schemas),
                        SchemaIds.value(record.value(), record.headers(), schemas),
                        header(record, "__debezium.newkey"),
                        header(record, "__debezium.oldkey"),
                        record.timestamp() * 1_000,
                        now));
    }

    private static byte @Nullable [] header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : header.value();
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    /** Kafka dropped records before they were applied. */
    void outOfRange(Map<TopicPartition, Long> partitions) {
        Map<TopicPartition, Long> begins = consumer().beginningOffsets(partitions.keySet());
        partitions.forEach((partition, wanted) -> {
            Lane lane = lanes.get(partition);
            if (lane != null) {
                lane.breakOff(Resume.gone(lane.id(), wanted, begins.getOrDefault(partition, wanted)));
            }
            consumer().pause(Set.of(partition));
            consumer().seek(partition, begins.getOrDefault(partition, 0L));
        });
    }
}

package io.flywatch.runner.adapter.kafka;

import io.flywatch.events.Topics;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the topics that this runner keeps a picture of, on one thread: lag, anomalies, notifications, verifications, alerts. Each runner reads all of them
 * from their beginning (lag: from its end) and commits nothing, as its picture is gone with its process.
 */
@Singleton
public final class TopicViews {
    private static final Logger LOG = Logger.getLogger(TopicViews.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long LOOK_FOR_TOPICS_NANOS = Duration.ofSeconds(3).toNanos();
    private static final Duration AFTER_FAULT = Duration.ofSeconds(1);
    private static final long RECENT = 100;
    private static final long LOOK_AT_ENDS_NANOS = Duration.ofSeconds(2).toNanos();
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(2);
    private static final long CURRENT_NANOS = Duration.ofSeconds(15).toNanos();

    private final Topology topology;
    private final Map<String, TopicView> views = new HashMap<>();
    private final Set<TopicPartition> assigned = new HashSet<>();
    private volatile @Nullable KafkaConsumer<String, byte[]> consumer;
    private volatile boolean stopping;
    private volatile boolean everCurrent;
    private volatile long currentAt;
    private @Nullable Thread thread;

    TopicViews(
            Topology topology,
            LagView lag,
            AnomalyView anomalies,
            NotificationView notifications,
            VerificationView verifications,
            AlertView alerts,
            WatchView watches) {
        this.topology = topology;
        views.put(Topics.LAG, lag);
        views.put(Topics.ANOMALIES, anomalies);
        views.put(Topics.CONNECTOR_NOTIFICATIONS, notifications);
        views.put(Topics.VERIFICATIONS, verifications);
        views.put(Topics.ALERTS, alerts);
        views.put(Topics.WATCHES, watches);
    }

    /** Begins to read. */
    public void start() {
        thread = Thread.ofPlatform().name("topic-views").daemon(true).start(this::run);
    }

    /**
     * Whether all topics have been read up to their ends, a few seconds ago at most. Until then, and while Kafka is away, that nothing is
     * known of an anomaly or an alert does not mean that there is none.
     */
    public boolean isCurrent() {
        return everCurrent && System.nanoTime() - currentAt < CURRENT_NANOS;
    }

    /** Stops reading. */
    public void stop() throws InterruptedException {
        stopping = true;
        KafkaConsumer<String, byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
        if (thread != null) {
            thread.join(Duration.ofSeconds(5));
        }
    }

    private void run() {
        while (!stopping) {
            try (KafkaConsumer<String, byte[]> fresh = consumer()) {
                consumer = fresh;
                assigned.clear();
                read(fresh);
            } catch (WakeupException e) {
                LOG.debug("topic views stop");
            } catch (KafkaException e) {
                LOG.warnf("topic views begin again reason=%s", e.getMessage());
                rest();
            }
        }
    }

    private void rest() {
        try {
            Thread.sleep(AFTER_FAULT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    private void read(KafkaConsumer<String, byte[]> from) {
        long looked = System.nanoTime() - LOOK_FOR_TOPICS_NANOS;
        long lookedAtEnds = System.nanoTime() - LOOK_AT_ENDS_NANOS;
        while (!stopping) {
            if (System.nanoTime() - looked >= LOOK_FOR_TOPICS_NANOS) {
                looked = System.nanoTime();
                assign(from);
            }
            if (assigned.isEmpty()) {
                rest();
            } else {
                from.poll(POLL).forEach(this::show);
                if (System.nanoTime() - lookedAtEnds >= LOOK_AT_ENDS_NANOS) {
                    lookedAtEnds = System.nanoTime();
                    lookAtEnds(from, lookedAtEnds);
                }
            }
        }
    }

    private void lookAtEnds(KafkaConsumer<String, byte[]> from, long now) {
        try {
            Set<String> topics = assigned.stream().map(TopicPartition::topic).collect(Collectors.toSet());
            boolean read = from.endOffsets(assigned, ENDS_WITHIN).entrySet().stream()
                    .allMatch(it -> from.position(it.getKey(), ENDS_WITHIN) >= it.getValue());
            if (read && topics.containsAll(views.keySet())) {
                currentAt = now;
                everCurrent = true;
            }
        } catch (TimeoutException e) {
            LOG.debugf("Kafka does not say where its topics end reason=%s", e.getMessage());
        }
    }

    private void show(ConsumerRecord<String, byte[]> record) {
        TopicView view = views.get(record.topic());
        if (view == null || record.value() == null) {
            return;
        }
        try {
            view.on(record);
        } catch (Exception e) {
            LOG.warnf(
                    "record is not understood topic=%s partition=%s offset=%s reason=%s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }

    /** Takes partitions that are new; a topic may appear later. */
    private void assign(KafkaConsumer<String, byte[]> from) {
        Map<String, List<PartitionInfo>> topics = from.listTopics();
        List<TopicPartition> fresh = new ArrayList<>();
        for (String topic : views.keySet()) {
            for (PartitionInfo partition : topics.getOrDefault(topic, List.of())) {
                TopicPartition one = new TopicPartition(topic, partition.partition());
                if (assigned.add(one)) {
                    fresh.add(one);
                }
            }
        }
        if (fresh.isEmpty()) {
            return;
        }
        from.assign(assigned);
        from.seekToBeginning(
                fresh.stream().filter(it -> !it.topic().equals(Topics.LAG)).toList());
        List<TopicPartition> lag =
                fresh.stream().filter(it -> it.topic().equals(Topics.LAG)).toList();
        Map<TopicPartition, Long> begin = from.beginningOffsets(lag);
        from.endOffsets(lag).forEach((it, end) -> from.seek(it, Math.max(begin.getOrDefault(it, 0L), end - RECENT)));
    }

    private KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                topology.bootstrapServers(),
                ConsumerConfig.CLIENT_ID_CONFIG,
                "flywatch-runner-views",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                2_000);
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }
}

package io.flywatch.runner.adapter.kafka;

import io.flywatch.events.Topics;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads orders from Kafka, on one thread. An order's offset is committed after it was obeyed or answered, so none is lost: while the
 * control database or Kafka is away, it is tried again and again, and nothing moves on past it.
 */
@Singleton
public final class CommandsIn {
    private static final Logger LOG = Logger.getLogger(CommandsIn.class);
    private static final String GROUP = "flywatch-runner-commands";
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Topology topology;
    private final Orders orders;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private volatile boolean stopping;
    private volatile @Nullable Thread thread;
    private Duration pause = FIRST_PAUSE;
    private long quietUntil;

    CommandsIn(Topology topology, Orders orders) {
        this.topology = topology;
        this.orders = orders;
    }

    /** Begins to read. */
    public void start() {
        thread = Thread.ofPlatform().name("commands").daemon(true).start(this::run);
    }

    /** Stops reading; an order that is at work is read again after the start. */
    public void stop() throws InterruptedException {
        stopping = true;
        KafkaConsumer<byte[], byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
        Thread reader = thread;
        if (reader != null) {
            reader.join(Duration.ofSeconds(5));
        }
    }

    private void run() {
        while (!stopping) {
            try (KafkaConsumer<byte[], byte[]> fresh = consumer()) {
                consumer = fresh;
                fresh.subscribe(List.of(Topics.COMMANDS));
                while (!stopping) {
                    read(fresh);
                }
            } catch (WakeupException | InterruptException e) {
                LOG.debug("commands are read no more");
            } catch (KafkaException e) {
                LOG.warnf("commands are read again from the last commit reason=%s", e.getMessage());
                rest();
            }
        }
    }

    private void read(KafkaConsumer<byte[], byte[]> from) {
        if (System.nanoTime() - quietUntil >= 0) {
            from.resume(from.paused());
        }
        for (ConsumerRecord<byte[], byte[]> record : from.poll(POLL)) {
            if (stopping || !obey(from, record)) {
                return;
            }
        }
    }

    /** False if the order could not be obeyed now: then it and all after it are read again after a while. */
    private boolean obey(KafkaConsumer<byte[], byte[]> from, ConsumerRecord<byte[], byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        try {
            orders.obey(record);
        } catch (RuntimeException e) {
            LOG.warnf(
                    "command waits partition=%s offset=%s again=%s reason=%s",
                    record.partition(), record.offset(), pause, e.getMessage());
            from.assignment().forEach(it -> rewind(from, it, partition, record.offset()));
            from.pause(from.assignment());
            quietUntil = System.nanoTime() + pause.toNanos();
            pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            return false;
        }
        pause = FIRST_PAUSE;
        from.commitSync(Map.of(partition, new OffsetAndMetadata(record.offset() + 1)));
        return true;
    }

    /** What was polled together with the order, and not obeyed, comes again too. */
    private static void rewind(
            KafkaConsumer<byte[], byte[]> from, TopicPartition one, TopicPartition stuck, long offset) {
        if (one.equals(stuck)) {
            from.seek(one, offset);
            return;
        }
        OffsetAndMetadata committed = from.committed(Set.of(one)).get(one);
        if (committed != null) {
            from.seek(one, committed.offset());
        } else {
            from.seekToBeginning(List.of(one));
        }
    }

    private void rest() {
        try {
            Thread.sleep(FIRST_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                topology.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG,
                GROUP,
                ConsumerConfig.CLIENT_ID_CONFIG,
                GROUP,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                20,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                2_000);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}

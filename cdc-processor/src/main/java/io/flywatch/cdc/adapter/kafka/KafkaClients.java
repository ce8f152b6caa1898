package io.flywatch.cdc.adapter.kafka;

import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes Kafka clients of what is configured under {@code kafka.*}, security included. */
@Singleton
final class KafkaClients {

    private static final long MEGABYTE = 1024 * 1024;
    private static final int SHARE_OF_HEAP = 32;
    private static final long MOST_FETCHED = 32 * MEGABYTE;

    private final Map<String, Object> common;

    KafkaClients(@Identifier("default-kafka-broker") Map<String, Object> common) {
        this.common = Map.copyOf(common);
    }

    /** Reads changes, as one of a group; where to read from is ours to say. */
    KafkaConsumer<byte[], byte[]> changes(String groupId, Duration topicRefresh) {
        Map<String, Object> config = consumer("flywatch-changes");
        config.put("group.id", groupId);
        config.put("auto.offset.reset", "none");
        config.put("metadata.max.age.ms", Long.toString(topicRefresh.toMillis()));
        config.put("partition.assignment.strategy", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
        // A replica that was killed is missed soon; one that is only slow is locked out by the epoch, so this may be
        // short.
        config.put("session.timeout.ms", "10000");
        config.put("max.poll.records", "2000");
        config.put("fetch.max.bytes", Long.toString(fetched()));
        config.put("max.partition.fetch.bytes", Long.toString(Math.max(MEGABYTE, fetched() / 4)));
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** What one answer of the broker may bring: it is in memory twice, as it came and as records. */
    private static long fetched() {
        return Math.clamp(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, MEGABYTE, MOST_FETCHED);
    }

    /** Reads the declared pipelines, alone and from the beginning. */
    KafkaConsumer<byte[], byte[]> pipelines() {
        Map<String, Object> config = consumer("flywatch-pipelines");
        config.put("auto.offset.reset", "earliest");
        config.put("metadata.max.age.ms", "2000");
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Reads what replicas measure, alone and from now on: what was missed is not of use any more. */
    KafkaConsumer<byte[], byte[]> samples() {
        Map<String, Object> config = consumer("flywatch-samples");
        config.put("auto.offset.reset", "latest");
        config.put("metadata.max.age.ms", "2000");
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Reads dead letters, alone. */
    KafkaConsumer<byte[], byte[]> letters(String clientId) {
        Map<String, Object> config = consumer(clientId);
        config.put("auto.offset.reset", "earliest");
        config.put("metadata.max.age.ms", "2000");
        config.put("fetch.max.bytes", Long.toString(fetched()));
        config.put("max.partition.fetch.bytes", Long.toString(MEGABYTE));
        config.put("default.api.timeout.ms", "10000");
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Map<String, Object> consumer(String clientId) {
        Map<String, Object> config = new HashMap<>(common);
        config.put("client.id", clientId);
        config.put("enable.auto.commit", "false");
        config.put("isolation.level", "read_committed");
        config.put("allow.auto.create.topics", "false");
        return config;
    }

    /** Writes dead letters: acknowledged by every replica in sync, or not at all. */
    KafkaProducer<byte[], byte[]> deadLetters() {
        Map<String, Object> config = new HashMap<>(common);
        config.put("client.id", "flywatch-dead-letters");
        config.put("acks", "all");
        config.put("enable.idempotence", "true");
        config.put("max.block.ms", "5000");
        config.put("request.timeout.ms", "5000");
        config.put("delivery.timeout.ms", "15000");
        config.put("max.request.size", Integer.toString(128 * 1024 * 1024));
        config.put("buffer.memory", Integer.toString(160 * 1024 * 1024));
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Asks about topics. */
    Admin admin() {
        Map<String, Object> config = new HashMap<>(common);
        config.put("client.id", "flywatch-cdc-admin");
        config.put("request.timeout.ms", "3000");
        config.put("default.api.timeout.ms", "5000");
        return Admin.create(config);
    }
}

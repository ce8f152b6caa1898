package io.flywatch.runner.adapter.kafka;

import io.flywatch.events.Topics;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Where orders go that can't be obeyed: as they came, with the reason and where they stood in headers. Used by one thread. */
@Singleton
final class CommandLetters {
    private final Topology topology;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    CommandLetters(Topology topology) {
        this.topology = topology;
    }

    /** Returns when Kafka has confirmed, else throws. */
    void send(ConsumerRecord<byte[], byte[]> record, String why) {
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(
                Topics.COMMANDS_DEAD_LETTERS, null, record.key(), record.value(), record.headers());
        Headers headers = letter.headers();
        header(headers, "flywatch_reason", why);
        header(headers, "flywatch_topic", record.topic());
        header(headers, "flywatch_partition", String.valueOf(record.partition()));
        header(headers, "flywatch_offset", String.valueOf(record.offset()));
        try {
            producer().send(letter).get();
        } catch (ExecutionException e) {
            throw new KafkaException("the command could not be put to the dead letters", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static void header(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private KafkaProducer<byte[], byte[]> producer() {
        KafkaProducer<byte[], byte[]> there = producer;
        if (there == null) {
            Map<String, Object> config = Map.of(
                    ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    topology.bootstrapServers(),
                    ProducerConfig.ACKS_CONFIG,
                    "all",
                    ProducerConfig.MAX_BLOCK_MS_CONFIG,
                    10_000,
                    ProducerConfig.METADATA_MAX_AGE_CONFIG,
                    5_000);
            there = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
            producer = there;
        }
        return there;
    }

    @PreDestroy
    void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(2));
        }
    }
}

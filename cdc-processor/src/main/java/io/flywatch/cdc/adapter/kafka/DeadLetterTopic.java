package io.flywatch.cdc.adapter.kafka;

import io.flywatch.cdc.apply.DeadLetter;
import io.flywatch.cdc.apply.DeadLetters;
import io.flywatch.cdc.change.Raw;
import io.flywatch.cdc.position.PartitionId;
import io.flywatch.events.Topics;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The topic of dead letters. A record keeps its key, its value and Debezium's headers; where it comes from and why it is here stand
 * in headers that begin with {@code flywatch.dlq.}.
 */
@Singleton
final class DeadLetterTopic implements DeadLetters {
    private static final Logger LOG = Logger.getLogger(DeadLetterTopic.class);

    private final KafkaClients clients;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    DeadLetterTopic(KafkaClients clients) {
        this.clients = clients;
    }

    @Override
    public Optional<String> send(PartitionId from, String runId, List<DeadLetter> letters) {
        try {
            KafkaProducer<byte[], byte[]> open = producer();
            List<Future<RecordMetadata>> sent = letters.stream()
                    .map(letter -> open.send(record(from, runId, letter)))
                    .toList();
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        } catch (ExecutionException e) {
            return Optional.of(String.valueOf(e.getCause()));
        } catch (KafkaException e) {
            return Optional.of(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
        letters.forEach(letter -> LOG.warnf(
                "dead letter migrationId=%s partition=%s offset=%d kind=%s reason=%s",
                from.pipeline(), from, letter.record().offset(), letter.kind().label(), letter.reason()));
        return Optional.empty();
    }

    private synchronized KafkaProducer<byte[], byte[]> producer() {
        if (producer == null) {
            producer = clients.deadLetters();
        }
        return producer;
    }

    private static ProducerRecord<byte[], byte[]> record(PartitionId from, String runId, DeadLetter letter) {
        Raw raw = letter.record().raw();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(Topics.DEAD_LETTERS, null, raw.key(), raw.value());
        Headers headers = record.headers();
        put(headers, "__debezium.newkey", raw.newKey());
        put(headers, "__debezium.oldkey", raw.oldKey());
        put(headers, "flywatch.dlq.migration", from.pipeline());
        put(headers, "flywatch.dlq.run", runId);
        put(headers, "flywatch.dlq.topic", from.topic());
        put(headers, "flywatch.dlq.partition", Integer.toString(from.partition()));
        put(headers, "flywatch.dlq.offset", Long.toString(letter.record().offset()));
        put(headers, "flywatch.dlq.kind", letter.kind().label());
        put(headers, "flywatch.dlq.key", letter.keyText());
        put(headers, "flywatch.dlq.reason", letter.reason());
        return record;
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static void put(Headers headers, String name, byte @Nullable [] value) {
        if (value != null) {
            headers.add(name, value);
        }
    }

    synchronized void stop(@Observes ShutdownEvent event) {
        if (producer != null) {
            producer.close(Duration.ofSeconds(2));
        }
    }
}

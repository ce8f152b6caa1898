package io.flywatch.cdc.adapter.kafka;

import io.flywatch.cdc.apply.DeadLetter;
import io.flywatch.cdc.apply.DeadLetters;
import io.flywatch.cdc.letter.Settled;
import io.flywatch.cdc.position.PartitionId;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
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
        Optional<String> trouble = send(letters.stream()
                .map(letter -> LetterHeaders.record(from, runId, letter))
                .toList());
        if (trouble.isEmpty()) {
            letters.forEach(letter -> LOG.warnf(
                    "dead letter migrationId=%s partition=%s offset=%d kind=%s reason=%s",
                    from.pipeline(),
                    from,
                    letter.record().offset(),
                    letter.kind().label(),
                    letter.reason()));
        }
        return trouble;
    }

    /** Notes that letters were settled; why that is not possible now, or empty. */
    Optional<String> note(Settled settled) {
        return send(List.of(LetterHeaders.record(settled)));
    }

    private Optional<String> send(List<ProducerRecord<byte[], byte[]>> records) {
        try {
            KafkaProducer<byte[], byte[]> open = producer();
            List<Future<RecordMetadata>> sent = records.stream().map(open::send).toList();
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
        return Optional.empty();
    }

    private synchronized KafkaProducer<byte[], byte[]> producer() {
        if (producer == null) {
            producer = clients.deadLetters();
        }
        return producer;
    }

    synchronized void stop(@Observes ShutdownEvent event) {
        if (producer != null) {
            producer.close(Duration.ofSeconds(2));
        }
    }
}

package io.flywatch.cdc.adapter.kafka;

import io.flywatch.cdc.letter.LetterBook;
import io.flywatch.events.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Reads the dead letters from the beginning of their topic, and goes on reading, so that the book knows which are open. */
@Singleton
final class LetterReader {
    private static final Logger LOG = Logger.getLogger(LetterReader.class);
    private static final Duration WAIT = Duration.ofMillis(500);

    private final KafkaLoop loop;
    private final LetterBook book;

    LetterReader(KafkaClients clients, LetterBook book) {
        this.loop = new KafkaLoop("dead-letters", () -> clients.letters("flywatch-dead-letters-book"), this::read);
        this.book = book;
    }

    void start(@Observes StartupEvent event) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) {
        loop.stop();
    }

    private void read(KafkaConsumer<byte[], byte[]> consumer) {
        if (consumer.assignment().isEmpty() && !assign(consumer)) {
            loop.rest(WAIT);
            return;
        }
        consumer.poll(WAIT).forEach(this::on);
    }

    /** The topic may be a few seconds younger than we are. */
    private boolean assign(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.DEAD_LETTERS).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        book.clear();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return !partitions.isEmpty();
    }

    private void on(ConsumerRecord<byte[], byte[]> record) {
        try {
            LetterHeaders.settled(record).ifPresentOrElse(book::settle, () -> book.add(LetterHeaders.letter(record)));
        } catch (RuntimeException e) {
            LOG.warnf("dead letter not understood offset=%d reason=%s", record.offset(), e);
        }
    }
}

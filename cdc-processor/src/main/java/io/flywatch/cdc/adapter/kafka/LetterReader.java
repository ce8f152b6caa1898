package io.flywatch.cdc.adapter.kafka;

import io.flywatch.cdc.letter.LetterBook;
import io.flywatch.events.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** Reads the dead letters from the beginning of their topic, and goes on reading, so that the book knows which are open. */
@Singleton
final class LetterReader {
    private static final Logger LOG = Logger.getLogger(LetterReader.class);

    private final TopicLoop loop;
    private final LetterBook book;

    LetterReader(KafkaClients clients, LetterBook book) {
        this.loop = new TopicLoop(
                Topics.DEAD_LETTERS,
                TopicLoop.From.BEGINNING,
                () -> clients.letters("flywatch-dead-letters-book"),
                book::clear,
                this::on);
        this.book = book;
    }

    void start(@Observes StartupEvent event) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) {
        loop.stop();
    }

    private void on(ConsumerRecord<byte[], byte[]> record) {
        try {
            LetterHeaders.settled(record).ifPresentOrElse(book::settle, () -> book.add(LetterHeaders.letter(record)));
        } catch (RuntimeException e) {
            LOG.warnf("dead letter not understood offset=%d reason=%s", record.offset(), e);
        }
    }
}

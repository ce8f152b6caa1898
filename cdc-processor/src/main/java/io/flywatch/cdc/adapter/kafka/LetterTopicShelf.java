package io.flywatch.cdc.adapter.kafka;

import io.flywatch.cdc.LetterShelf;
import io.flywatch.cdc.change.Raw;
import io.flywatch.cdc.letter.Letter;
import io.flywatch.cdc.letter.Settled;
import io.flywatch.events.Topics;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Fetches single dead letters with their bytes from the topic. */
@Singleton
final class LetterTopicShelf implements LetterShelf {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration WAIT = Duration.ofMillis(200);

    private final KafkaClients clients;
    private final DeadLetterTopic topic;

    LetterTopicShelf(KafkaClients clients, DeadLetterTopic topic) {
        this.clients = clients;
        this.topic = topic;
    }

    @Override
    public Optional<List<Raw>> read(List<Letter> letters) {
        Map<Letter.Place, Raw> found = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = clients.letters("flywatch-dead-letters-shelf")) {
            long end = System.nanoTime() + LIMIT.toNanos();
            for (Letter letter : letters) {
                while (!found.containsKey(letter.place())) {
                    if (System.nanoTime() > end) {
                        return Optional.empty();
                    }
                    seek(consumer, letter.place(), found);
                }
            }
        } catch (KafkaException e) {
            return Optional.empty();
        }
        List<Raw> raws = new ArrayList<>();
        letters.forEach(letter -> Optional.ofNullable(found.get(letter.place())).ifPresent(raws::add));
        return Optional.of(raws);
    }

    private static void seek(
            KafkaConsumer<byte[], byte[]> consumer, Letter.Place wanted, Map<Letter.Place, Raw> found) {
        TopicPartition partition = new TopicPartition(Topics.DEAD_LETTERS, wanted.partition());
        if (!consumer.assignment().equals(Set.of(partition))) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, wanted.offset());
        } else if (consumer.position(partition) != wanted.offset()) {
            consumer.seek(partition, wanted.offset());
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
            if (record.offset() == wanted.offset()) {
                found.put(wanted, LetterHeaders.raw(record));
            }
        }
        if (found.containsKey(wanted)) {
            consumer.seek(partition, wanted.offset() + 1);
        }
    }

    @Override
    public Optional<String> note(Settled settled) {
        return topic.note(settled);
    }
}

package io.flywatch.cdc.adapter.kafka;

import io.flywatch.cdc.ChangedKeys;
import io.flywatch.cdc.avro.AvroDecoder;
import io.flywatch.cdc.avro.AvroMessages;
import io.flywatch.cdc.avro.Schemas;
import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.Decoded;
import io.flywatch.cdc.change.DocumentDecoder;
import io.flywatch.cdc.change.EnvelopeDecoder;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Raw;
import io.flywatch.cdc.change.RecordDecoder;
import io.flywatch.cdc.verify.AwayException;
import io.flywatch.cdc.verify.ImpossibleException;
import io.flywatch.cdc.verify.KeyPage;
import io.flywatch.cdc.verify.RowKey;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Reads the keys of changes from their topic: what changed since is what the topic has. */
@Singleton
final class TopicKeys implements ChangedKeys {
    private static final Duration WAIT = Duration.ofMillis(500);

    private final KafkaClients clients;
    private final Schemas schemas;

    TopicKeys(KafkaClients clients, Schemas schemas) {
        this.clients = clients;
        this.schemas = schemas;
    }

    @Override
    public Feed open(String topic, Instant since, boolean documents, Function<Key, RowKey> rowKey) {
        RecordDecoder decoder = documents
                ? new DocumentDecoder(UnaryOperator.identity())
                : new AvroDecoder(new EnvelopeDecoder(), schemas);
        return new OfTopic(clients.pipelines(), topic, since, rowKey, decoder, schemas);
    }

    private static final class OfTopic implements Feed {
        private final KafkaConsumer<byte[], byte[]> consumer;
        private final String topic;
        private final Instant since;
        private final Function<Key, RowKey> rowKey;
        private final RecordDecoder decoder;
        private final Schemas schemas;
        private final Map<TopicPartition, Long> ends = new HashMap<>();

        OfTopic(
                KafkaConsumer<byte[], byte[]> consumer,
                String topic,
                Instant since,
                Function<Key, RowKey> rowKey,
                RecordDecoder decoder,
                Schemas schemas) {
            this.decoder = decoder;
            this.schemas = schemas;
            this.consumer = consumer;
            this.topic = topic;
            this.since = since;
            this.rowKey = rowKey;
        }

        @Override
        public KeyPage next(@Nullable String place, int most) {
            try {
                Map<TopicPartition, Long> from = begin(place);
                Set<RowKey> keys = new LinkedHashSet<>();
                while (keys.size() < most && !isAtEnd(from)) {
                    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
                        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                        if (record.offset() < ends.getOrDefault(partition, 0L)) {
                            add(record, keys);
                        }
                    }
                    from.replaceAll((partition, before) -> consumer.position(partition));
                }
                return new KeyPage(List.copyOf(keys), List.of(), isAtEnd(from) ? null : text(from));
            } catch (KafkaException e) {
                throw new AwayException("Kafka does not answer: " + e.getClass().getSimpleName(), e);
            }
        }

        private Map<TopicPartition, Long> begin(@Nullable String place) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            if (ends.isEmpty()) {
                ends.putAll(consumer.endOffsets(partitions));
            }
            Map<TopicPartition, Long> from = place == null ? bySince(partitions) : parse(place);
            from.forEach(consumer::seek);
            return from;
        }

        private Map<TopicPartition, Long> bySince(List<TopicPartition> partitions) {
            Map<TopicPartition, @Nullable OffsetAndTimestamp> found = consumer.offsetsForTimes(partitions.stream()
                    .collect(Collectors.toMap(Function.identity(), partition -> since.toEpochMilli())));
            Map<TopicPartition, Long> from = new HashMap<>();
            for (TopicPartition partition : partitions) {
                OffsetAndTimestamp first = found.get(partition);
                from.put(partition, first == null ? ends.getOrDefault(partition, 0L) : first.offset());
            }
            return from;
        }

        private boolean isAtEnd(Map<TopicPartition, Long> from) {
            return from.entrySet().stream()
                    .allMatch(reached -> reached.getValue() >= ends.getOrDefault(reached.getKey(), 0L));
        }

        private String text(Map<TopicPartition, Long> from) {
            return from.entrySet().stream()
                    .map(entry -> entry.getKey().partition() + ":" + entry.getValue())
                    .collect(Collectors.joining(","));
        }

        private Map<TopicPartition, Long> parse(String place) {
            Map<TopicPartition, Long> from = new HashMap<>();
            for (String part : place.split(",", -1)) {
                int colon = part.indexOf(':');
                from.put(
                        new TopicPartition(topic, Integer.parseInt(part.substring(0, colon))),
                        Long.parseLong(part.substring(colon + 1)));
            }
            return from;
        }

        private void add(ConsumerRecord<byte[], byte[]> record, Set<RowKey> keys) {
            byte[] value = SchemaIds.value(record.value(), record.headers(), schemas);
            if (!(decoder instanceof DocumentDecoder)
                    && !AvroMessages.isAvro(value)
                    && EnvelopeDecoder.isPlain(value)) {
                throw new ImpossibleException("its changes come without a schema: verify all of its rows");
            }
            byte[] keyed = SchemaIds.key(record.key(), record.headers(), schemas);
            Raw raw = new Raw(keyed, value, header(record, "newkey"), header(record, "oldkey"), 0, 0);
            switch (decoder.decode(raw)) {
                case Decoded.Of of -> changed(of.captured().change()).forEach(key -> keys.add(rowKey.apply(key)));
                case Decoded.Nothing nothing -> {}
                // It is in the dead letters, which keep the gate closed by themselves.
                case Decoded.Unreadable unreadable -> {}
            }
        }

        private static List<Key> changed(Change change) {
            return switch (change) {
                case Change.Put put -> List.of(put.key());
                case Change.Delete delete -> List.of(delete.key());
                case Change.Truncate truncate ->
                    throw new ImpossibleException("the table was truncated since then: verify all of its rows");
            };
        }

        private static byte @Nullable [] header(ConsumerRecord<byte[], byte[]> record, String name) {
            Header header = record.headers().lastHeader("__debezium." + name);
            return header == null ? null : header.value();
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}

package io.flywatch.cdc.adapter.kafka;

import io.flywatch.cdc.apply.DeadLetter;
import io.flywatch.cdc.change.Raw;
import io.flywatch.cdc.letter.Letter;
import io.flywatch.cdc.letter.LetterId;
import io.flywatch.cdc.letter.Settled;
import io.flywatch.cdc.position.PartitionId;
import io.flywatch.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Dead letters and settlements as records: the original bytes, and everything else in headers that begin with {@code flywatch.dlq.}. */
final class LetterHeaders {
    private static final String PREFIX = "flywatch.dlq.";
    private static final String NEW_KEY = "__debezium.newkey";
    private static final String OLD_KEY = "__debezium.oldkey";
    private static final String STORED = PREFIX + "stored";

    private LetterHeaders() {}

    static ProducerRecord<byte[], byte[]> record(PartitionId from, String runId, DeadLetter letter) {
        Raw raw = letter.record().raw();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(Topics.DEAD_LETTERS, null, raw.key(), raw.value());
        Headers headers = record.headers();
        put(headers, NEW_KEY, raw.newKey());
        put(headers, OLD_KEY, raw.oldKey());
        put(headers, from, runId);
        put(headers, PREFIX + "offset", Long.toString(letter.record().offset()));
        put(headers, PREFIX + "kind", letter.kind().label());
        put(headers, PREFIX + "key", letter.keyText());
        put(headers, PREFIX + "reason", letter.reason());
        put(headers, STORED, Long.toString(raw.stored()));
        return record;
    }

    /** A settlement has no key and no value: those who look for records see at once that it is none. */
    static ProducerRecord<byte[], byte[]> record(Settled settled) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(Topics.DEAD_LETTERS, null, null, null);
        Headers headers = record.headers();
        put(headers, settled.from(), settled.runId());
        put(headers, PREFIX + "kind", settled.how().name().toLowerCase(Locale.ROOT));
        put(headers, PREFIX + "key", settled.key());
        put(headers, PREFIX + "through", Long.toString(settled.through()));
        put(headers, PREFIX + "by", settled.by());
        return record;
    }

    private static void put(Headers headers, PartitionId from, String runId) {
        put(headers, PREFIX + "migration", from.pipeline());
        put(headers, PREFIX + "run", runId);
        put(headers, PREFIX + "topic", from.topic());
        put(headers, PREFIX + "partition", Integer.toString(from.partition()));
    }

    /** The settlement that a record tells of, if it is one. */
    static Optional<Settled> settled(ConsumerRecord<byte[], byte[]> record) {
        String kind = text(record, PREFIX + "kind");
        return Arrays.stream(Settled.How.values())
                .filter(how -> how.name().toLowerCase(Locale.ROOT).equals(kind))
                .findFirst()
                .map(how -> new Settled(
                        from(record),
                        text(record, PREFIX + "run"),
                        text(record, PREFIX + "key"),
                        Long.parseLong(text(record, PREFIX + "through")),
                        how,
                        text(record, PREFIX + "by")));
    }

    /** The letter that a record is. */
    static Letter letter(ConsumerRecord<byte[], byte[]> record) {
        return new Letter(
                new LetterId(from(record), Long.parseLong(text(record, PREFIX + "offset"))),
                text(record, PREFIX + "run"),
                text(record, PREFIX + "kind"),
                text(record, PREFIX + "key"),
                text(record, PREFIX + "reason"),
                Instant.ofEpochMilli(record.timestamp()),
                Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize()),
                new Letter.Place(record.partition(), record.offset()));
    }

    /** The record as it was when it was put aside. */
    static Raw raw(ConsumerRecord<byte[], byte[]> record) {
        String stored = text(record, STORED);
        long at = stored.isEmpty() ? record.timestamp() * 1_000 : Long.parseLong(stored);
        return new Raw(record.key(), record.value(), bytes(record, NEW_KEY), bytes(record, OLD_KEY), at, at);
    }

    private static PartitionId from(ConsumerRecord<byte[], byte[]> record) {
        return new PartitionId(
                text(record, PREFIX + "migration"),
                text(record, PREFIX + "topic"),
                Integer.parseInt(text(record, PREFIX + "partition")));
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
        byte[] value = bytes(record, name);
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }

    private static byte @Nullable [] bytes(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : header.value();
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static void put(Headers headers, String name, byte @Nullable [] value) {
        if (value != null) {
            headers.add(name, value);
        }
    }
}

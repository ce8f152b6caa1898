package io.flywatch.cdc;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.flywatch.events.Topics;
import io.flywatch.events.pipeline.PipelineDeclared;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import io.flywatch.events.pipeline.PipelineEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The topics of one pipeline, written as the connector would, and what the processor writes in return. */
final class SourceTopics implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    private final String pipeline;
    private final String topic;
    private final Envelopes orders;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<Integer, Integer> expected = new TreeMap<>();
    private long lsn = 1_000;

    SourceTopics(String pipeline) {
        this.pipeline = pipeline;
        this.topic = Topics.changesPrefix(pipeline) + ".public.orders";
        this.orders = Envelopes.orders(topic);
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", CdcStack.bootstrap(), Shop.ONE_AT_A_TIME, "1"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    String pipeline() {
        return pipeline;
    }

    void create(String table, int partitions) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) CdcStack.bootstrap()))) {
            admin.createTopics(
                            List.of(new NewTopic(Topics.changesPrefix(pipeline) + "." + table, partitions, (short) 1)))
                    .all()
                    .get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    void declare(List<TableRoute> tables) {
        declare("target", tables);
    }

    void declare(String target, List<TableRoute> tables) {
        PipelineEvent declared =
                new PipelineDeclared(pipeline, "run-1", Instant.now(), "source", target, "shop", tables, null);
        try {
            byte[] value = JSON.writerFor(PipelineEvent.class).writeValueAsBytes(declared);
            send(new ProducerRecord<>(Topics.PIPELINES, utf8(pipeline), value));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    void end() {
        send(new ProducerRecord<>(Topics.PIPELINES, utf8(pipeline), null));
    }

    void snapshot(int id, String total, String note) {
        change("r", id, row(id, total, note));
    }

    void create(int id, String total, String note) {
        expected.put(id, (int) Double.parseDouble(total));
        change("c", id, row(id, total, note));
    }

    void createWithAttributes(int id, String attributes) {
        change("c", id, row(id, "1.00", "n").replace("{\\\"sizes\\\":[1,2]}", attributes));
    }

    void update(int id, String total, String note) {
        change("u", id, row(id, total, note));
    }

    void delete(int id) {
        expected.remove(id);
        change("d", id, null);
        send(new ProducerRecord<>(topic, key(id), null));
    }

    void deleteMovedTo(int id, int newId) {
        ProducerRecord<byte[], byte[]> delete = record("d", id, null);
        delete.headers().add("__debezium.newkey", utf8("{\"id\":" + newId + "}"));
        send(delete);
        send(new ProducerRecord<>(topic, key(id), null));
    }

    void createMovedFrom(int id, int oldId, String total, String note) {
        ProducerRecord<byte[], byte[]> create = record("c", id, row(id, total, note));
        create.headers().add("__debezium.oldkey", key(oldId));
        send(create);
    }

    void truncate() {
        expected.clear();
        send(new ProducerRecord<>(topic, null, orders.value("t", null, ++lsn, now(), "false")));
    }

    void truncate(String table) {
        String wide = Topics.changesPrefix(pipeline) + "." + table;
        send(new ProducerRecord<>(wide, null, Envelopes.orders(wide).value("t", null, ++lsn, now(), "false")));
    }

    void poison(int id) {
        send(new ProducerRecord<>(topic, key(id), utf8("{\"schema\":7}")));
    }

    Collection<Integer> expected() {
        return expected.values();
    }

    private void change(String op, int id, @Nullable String row) {
        send(record(op, id, row));
    }

    private ProducerRecord<byte[], byte[]> record(String op, int id, @Nullable String row) {
        String snapshot = op.equals("r") ? "true" : "false";
        return new ProducerRecord<>(topic, key(id), orders.value(op, row, ++lsn, now(), snapshot));
    }

    private byte[] key(int id) {
        return orders.key("{\"id\":" + id + "}");
    }

    private static String row(int id, String total, String note) {
        return "{\"id\":" + id + ",\"customer\":\"Zoë 🚚\",\"total\":\"" + total
                + "\",\"placed_at\":\"2026-01-02T03:04:05.678901Z\",\"attributes\":\"{\\\"sizes\\\":[1,2]}\",\"note\":\""
                + note
                + "\"}";
    }

    private static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        producer.send(record);
    }

    List<ConsumerRecord<byte[], byte[]>> deadLetters(int atLeast) {
        List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
        read(Topics.DEAD_LETTERS, consumer -> {
            for (ConsumerRecord<byte[], byte[]> letter : consumer.poll(Duration.ofMillis(200))) {
                if (header(letter, "flywatch.dlq.migration").equals(pipeline)) {
                    letters.add(letter);
                }
            }
            return letters.size() >= atLeast;
        });
        return letters;
    }

    String first(String fromTopic) {
        StringBuilder first = new StringBuilder();
        read(fromTopic, consumer -> {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                if (record.key() != null && new String(record.key(), StandardCharsets.UTF_8).equals(pipeline)) {
                    first.append(new String(record.value(), StandardCharsets.UTF_8));
                    return true;
                }
            }
            return false;
        });
        return first.toString();
    }

    List<String> all(String fromTopic) {
        List<String> all = new ArrayList<>();
        long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        read(fromTopic, consumer -> {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                if (record.key() != null && new String(record.key(), StandardCharsets.UTF_8).equals(pipeline)) {
                    all.add(new String(record.value(), StandardCharsets.UTF_8));
                }
            }
            return System.nanoTime() > end;
        });
        return all;
    }

    private static void read(String fromTopic, java.util.function.Predicate<KafkaConsumer<byte[], byte[]>> untilDone) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", CdcStack.bootstrap()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(fromTopic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            await().atMost(Duration.ofSeconds(30)).pollInSameThread().until(() -> untilDone.test(consumer));
        }
    }

    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
    }
}

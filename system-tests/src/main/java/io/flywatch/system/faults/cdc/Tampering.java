package io.flywatch.system.faults.cdc;

import io.flywatch.system.stand.Replication;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes to topics of changes what a connector would not. */
record Tampering(Replication replication) {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private TopicPartition changes() {
        return new TopicPartition(replication.topic(Ground.ITEMS), 0);
    }

    void repeat(int records) {
        Map<String, Object> settings = Map.of("bootstrap.servers", replication.bootstrapServers());
        List<ConsumerRecord<byte[], byte[]>> last = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(changes()));
            long end = consumer.endOffsets(List.of(changes()), LIMIT).getOrDefault(changes(), 0L);
            consumer.seek(changes(), Math.max(0, end - records));
            for (var batch = consumer.poll(LIMIT); !batch.isEmpty(); batch = consumer.poll(Duration.ofMillis(200))) {
                batch.forEach(last::add);
            }
        }
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            last.forEach(record -> producer.send(new ProducerRecord<>(
                    record.topic(), record.partition(), record.key(), record.value(), record.headers())));
        }
    }

    /** A record that nobody can read, in one of the ways that there are. */
    void poison(Random random) {
        byte[] poison = ("poison " + random.nextLong()).getBytes(StandardCharsets.UTF_8);
        byte[] value = random.nextBoolean() ? poison : brokenRow();
        byte[] key = switch (random.nextInt(3)) {
            case 0 -> poison;
            case 1 -> null;
            default -> keyOf(random.nextInt(1, MixedLoad.KEYS));
        };
        Map<String, Object> settings = Map.of("bootstrap.servers", replication.bootstrapServers());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(changes().topic(), 0, key, value));
        }
    }

    private static byte[] brokenRow() {
        return "{\"schema\":{\"type\":\"struct\",\"fields\":[]},\"payload\":{\"op\":\"u\",\"after\":{\"id\":"
                .getBytes(StandardCharsets.UTF_8);
    }

    /** As the converter writes the key of a row that there may be: what follows of that row waits behind the poison. */
    private byte[] keyOf(long id) {
        return ("{\"schema\":{\"type\":\"struct\",\"fields\":[{\"type\":\"int64\",\"optional\":false,\"field\":\"id\"}],"
                        + "\"optional\":false,\"name\":\"" + changes().topic() + ".Key\"},\"payload\":{\"id\":" + id
                        + "}}")
                .getBytes(StandardCharsets.UTF_8);
    }
}

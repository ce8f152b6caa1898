package io.flywatch.system.faults.cdc;

import io.flywatch.events.Topics;
import io.flywatch.system.stand.Replication;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        return new TopicPartition(Topics.changesPrefix(replication.pipeline()) + ".public." + MixedLoad.TABLE, 0);
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

    void poison(long key) {
        Map<String, Object> settings = Map.of("bootstrap.servers", replication.bootstrapServers());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] poison = ("poison " + key).getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(changes().topic(), 0, poison, poison));
        }
    }
}

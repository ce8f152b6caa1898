package io.flywatch.cdc.adapter.kafka;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads one topic alone, without a group, and goes on reading. */
final class TopicLoop {
    private static final Duration WAIT = Duration.ofMillis(500);

    private final String topic;
    private final From from;
    private final Runnable begins;
    private final Consumer<ConsumerRecord<byte[], byte[]>> each;
    private final KafkaLoop loop;

    /** Where it begins, each time that its consumer is opened anew. */
    enum From {
        BEGINNING,
        NOW
    }

    /**
     * A loop.
     *
     * @param begins what is done before the first record of each consumer
     * @param each what is done with a record; what it throws begins the loop anew
     */
    TopicLoop(
            String topic,
            From from,
            Supplier<KafkaConsumer<byte[], byte[]>> open,
            Runnable begins,
            Consumer<ConsumerRecord<byte[], byte[]>> each) {
        this.topic = topic;
        this.from = from;
        this.begins = begins;
        this.each = each;
        this.loop = new KafkaLoop(topic, open, this::read);
    }

    void start() {
        loop.start();
    }

    void stop() {
        loop.stop();
    }

    private void read(KafkaConsumer<byte[], byte[]> consumer) {
        if (consumer.assignment().isEmpty() && !assign(consumer)) {
            loop.rest(WAIT);
            return;
        }
        consumer.poll(WAIT).forEach(each);
    }

    /** The topic may be a few seconds younger than we are. */
    private boolean assign(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        begins.run();
        consumer.assign(partitions);
        switch (from) {
            case BEGINNING -> consumer.seekToBeginning(partitions);
            case NOW -> consumer.seekToEnd(partitions);
        }
        return !partitions.isEmpty();
    }
}

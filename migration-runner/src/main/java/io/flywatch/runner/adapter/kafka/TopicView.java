package io.flywatch.runner.adapter.kafka;

import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Keeps a picture of one topic. Told by one thread, asked by any. */
interface TopicView {
    /** A record with a value. */
    void on(ConsumerRecord<String, byte[]> record) throws IOException;
}

package io.flywatch.anomaly.adapter.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Says when time may pass, once a second: only while Kafka answers, what it held a second ago has been read, and this has been so for
 * a little while. Otherwise silence would be ours and not that of those we listen to.
 */
final class Heartbeat {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(2);
    private static final Duration REST = Duration.ofSeconds(10);

    private final KafkaConsumer<?, ?> consumer;
    private Map<TopicPartition, Long> ends = Map.of();
    private Instant restUntil = Instant.EPOCH;
    private Instant lookedAt = Instant.EPOCH;

    Heartbeat(KafkaConsumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    /** Lets no time pass for a while, as those who were not heard may not have been able to speak. */
    void rest(Instant now) {
        ends = Map.of();
        restUntil = now.plus(REST);
        lookedAt = now;
    }

    boolean beats(Instant now) {
        if (now.isBefore(lookedAt)) {
            // The clock was set back: what was heard when is not known any more, and to wait for it would be to sleep.
            rest(now);
        }
        if (now.isBefore(lookedAt.plus(EVERY)) || consumer.assignment().isEmpty()) {
            return false;
        }
        if (now.isAfter(lookedAt.plus(REST))) {
            rest(now);
        }
        lookedAt = now;
        boolean read = ends.entrySet().stream().allMatch(end -> hasRead(end.getKey(), end.getValue()));
        try {
            ends = consumer.endOffsets(consumer.assignment(), ANSWERS_WITHIN);
        } catch (KafkaException e) {
            rest(now);
        }
        return read && now.isAfter(restUntil);
    }

    private boolean hasRead(TopicPartition partition, long end) {
        return consumer.assignment().contains(partition) && consumer.position(partition, ANSWERS_WITHIN) >= end;
    }
}

package io.flywatch.cdc.adapter.kafka;

import io.flywatch.cdc.CdcConfig;
import io.flywatch.cdc.LaneTools;
import io.flywatch.cdc.Pipelines;
import io.flywatch.events.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;

/**
 * Reads all topics of changes on one thread and hands the records to their lanes. It never waits for a target: a lane that is full is
 * paused, and polling goes on, so that the group keeps us.
 */
@Singleton
final class ChangeConsumer {
    private static final Pattern TOPICS = Pattern.compile(Topics.CHANGES_PATTERN);
    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaLoop loop;
    private final Assignment assignment;
    private final SubscribedTopics topics;

    ChangeConsumer(
            KafkaClients clients, CdcConfig config, Pipelines pipelines, LaneTools tools, SubscribedTopics topics) {
        this.topics = topics;
        this.assignment = new Assignment(pipelines, tools);
        this.loop =
                new KafkaLoop("changes", () -> clients.changes(config.groupId(), config.topicRefresh()), this::read);
    }

    void start(@Observes StartupEvent event) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) {
        loop.stop();
        assignment.closeAll();
    }

    /** How long ago Kafka was polled. */
    Duration sincePoll() {
        return loop.sinceTurn();
    }

    private void read(KafkaConsumer<byte[], byte[]> consumer) {
        if (consumer.subscription().isEmpty() && !assignment.isListeningTo(consumer)) {
            assignment.listenTo(consumer);
            consumer.subscribe(TOPICS, assignment);
        }
        assignment.tend();
        topics.look(consumer);
        try {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            assignment.handOver(records);
        } catch (OffsetOutOfRangeException e) {
            assignment.outOfRange(e.offsetOutOfRangePartitions());
        }
    }
}

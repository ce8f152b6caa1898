package io.flywatch.anomaly.adapter.kafka;

import io.flywatch.anomaly.AnomalyConfig;
import io.flywatch.anomaly.AnomalyMetrics;
import io.flywatch.anomaly.Watchtower;
import io.flywatch.events.FlywatchEvent;
import io.flywatch.events.anomaly.AnomalyEvent;
import io.flywatch.events.lag.LagSample;
import io.flywatch.events.progress.ProgressSample;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Brings what Kafka holds to the watchtower, and what the watchtower tells to Kafka; then, and only then, commits. */
@Singleton
final class StatisticsReader {
    private static final Logger LOG = Logger.getLogger(StatisticsReader.class);
    private static final Duration POLL = Duration.ofMillis(100);
    /** What is known is shown to others so often; a poll may bring a few events and come back in a millisecond. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private static final Duration BETWEEN_COMMITS = Duration.ofSeconds(1);

    private final Watchtower watchtower;
    private final AnomalyPublisher publisher;
    private final Watches watches;
    private final Decoder decoder;
    private final Past past;
    private final AnomalyMetrics metrics;
    private final Duration replay;
    private final Clock clock = Clock.systemUTC();

    StatisticsReader(
            Watchtower watchtower,
            AnomalyPublisher publisher,
            Watches watches,
            Decoder decoder,
            Past past,
            AnomalyMetrics metrics,
            AnomalyConfig config) {
        this.watchtower = watchtower;
        this.publisher = publisher;
        this.watches = watches;
        this.decoder = decoder;
        this.past = past;
        this.metrics = metrics;
        this.replay = config.replay();
    }

    Turn begin(KafkaConsumer<String, byte @Nullable []> consumer) {
        return new Turn(consumer);
    }

    private void handle(ConsumerRecord<String, byte @Nullable []> found, boolean news, boolean past) {
        FlywatchEvent event = decoder.decode(found).orElse(null);
        if (event == null) {
            return;
        }
        try (var scope = MDC.putCloseable("migrationId", event.migrationId())) {
            Instant heard = past ? Instant.ofEpochMilli(found.timestamp()) : clock.instant();
            publisher.publish(decide(found, event, heard, news));
            watches.judged(event);
            if (!past && (event instanceof LagSample || event instanceof ProgressSample)) {
                metrics.decided(Duration.between(event.at(), clock.instant()));
            }
        }
    }

    private List<AnomalyEvent> decide(
            ConsumerRecord<String, byte @Nullable []> found, FlywatchEvent event, Instant heard, boolean news) {
        try {
            return watchtower.on(event, heard, news);
        } catch (RuntimeException e) {
            decoder.failed(found, e);
            return List.of();
        }
    }

    /** One consumer's life. */
    final class Turn implements ConsumerRebalanceListener {

        private final KafkaConsumer<String, byte @Nullable []> consumer;
        private final Heartbeat heartbeat;
        private boolean assignmentChanged;
        private boolean mayCommit;
        private Instant committedAt = Instant.EPOCH;
        /** By a clock that nobody sets. */
        private long lookedAt = System.nanoTime() - BETWEEN_LOOKS.toNanos();

        private boolean unseen;

        private Turn(KafkaConsumer<String, byte @Nullable []> consumer) {
            this.consumer = consumer;
            this.heartbeat = new Heartbeat(consumer);
        }

        /** Waits a little for news, and works on what there is. */
        void poll() {
            List<ConsumerRecord<String, byte @Nullable []>> records = new ArrayList<>();
            consumer.poll(watchtower.ticks() ? Duration.ZERO : POLL).forEach(records::add);
            if (assignmentChanged) {
                rebuild();
                return;
            }
            records.sort(Comparator.comparingLong(ConsumerRecord::timestamp));
            records.forEach(found -> handle(found, true, false));
            Instant now = clock.instant();
            if (heartbeat.beats(now)) {
                watchtower.tick(now);
                watches.tell(now);
            }
            publisher.publish(watchtower.tickOn());
            if (!records.isEmpty()) {
                unseen = true;
            }
            long nanos = System.nanoTime();
            if (unseen && nanos - lookedAt > BETWEEN_LOOKS.toNanos()) {
                watchtower.look();
                lookedAt = nanos;
                unseen = false;
            }
            if (committedAt.plus(BETWEEN_COMMITS).isBefore(now)) {
                committedAt = now;
                commit();
            }
        }

        private void rebuild() {
            assignmentChanged = false;
            watches.begin();
            Set<TopicPartition> ours = consumer.assignment();
            if (ours.isEmpty()) {
                watchtower.begin(List.of(), clock.instant());
                return;
            }
            Instant now = clock.instant();
            Set<Integer> partitions =
                    ours.stream().map(TopicPartition::partition).collect(Collectors.toSet());
            int of = consumer.partitionsFor(ours.iterator().next().topic()).size();
            watchtower.begin(past.told(partitions, of), now);
            Replay replayed = new Replay(consumer, now.minus(replay));
            List<ConsumerRecord<String, byte @Nullable []>> records = replayed.records();
            if (assignmentChanged) {
                return;
            }
            records.forEach(found -> handle(found, replayed.isNews(found), true));
            watchtower.look();
            heartbeat.rest(clock.instant());
            mayCommit = true;
            LOG.infof(
                    "statistics rebuilt partitions=%s records=%d millis=%d",
                    ours, records.size(), Duration.between(now, clock.instant()).toMillis());
        }

        /** Notes that all that was polled has been decided on. */
        void commit() {
            if (!mayCommit || consumer.assignment().isEmpty()) {
                return;
            }
            try {
                consumer.commitSync();
            } catch (RebalanceInProgressException e) {
                LOG.debugf("commit waits for the rebalance: %s", e.getMessage());
            }
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            assignmentChanged = true;
            mayCommit = false;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            commit();
            mayCommit = false;
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            mayCommit = false;
        }
    }
}

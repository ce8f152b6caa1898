package io.flywatch.anomaly.adapter.kafka;

import io.flywatch.events.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The one thread that reads the statistics. What fails is begun anew from what Kafka holds. */
@Singleton
final class StatisticsLoop {
    private static final Logger LOG = Logger.getLogger(StatisticsLoop.class);
    private static final long PAUSE_AFTER_FAILURE_MS = 2000;
    private static final long STOP_WITHIN_MS = 10_000;

    private final Consumers consumers;
    private final StatisticsReader reader;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable KafkaConsumer<String, byte @Nullable []> current;
    private @Nullable Thread thread;

    StatisticsLoop(Consumers consumers, StatisticsReader reader) {
        this.consumers = consumers;
        this.reader = reader;
    }

    void start(@Observes StartupEvent event) {
        thread = Thread.ofPlatform().name("statistics").start(this::run);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stop.countDown();
        KafkaConsumer<?, ?> reading = current;
        if (reading != null) {
            reading.wakeup();
        }
        if (thread != null) {
            thread.join(STOP_WITHIN_MS);
        }
    }

    private boolean isStopped() {
        return stop.getCount() == 0;
    }

    private void run() {
        while (!isStopped()) {
            try (KafkaConsumer<String, byte @Nullable []> consumer = consumers.ofStatistics()) {
                current = consumer;
                read(consumer);
            } catch (WakeupException e) {
                LOG.debug("statistics: woken to stop");
            } catch (RuntimeException e) {
                LOG.warnf(e, "statistics can't be read, beginning anew");
                pause();
            }
        }
    }

    private void read(KafkaConsumer<String, byte @Nullable []> consumer) {
        StatisticsReader.Turn turn = reader.begin(consumer);
        consumer.subscribe(List.of(Topics.PROGRESS, Topics.LAG), turn);
        try {
            while (!isStopped()) {
                turn.poll();
            }
        } finally {
            current = null;
        }
        turn.commit();
    }

    private void pause() {
        try {
            boolean stopped = stop.await(PAUSE_AFTER_FAILURE_MS, TimeUnit.MILLISECONDS);
            LOG.debugf("statistics: pause over stopped=%s", stopped);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

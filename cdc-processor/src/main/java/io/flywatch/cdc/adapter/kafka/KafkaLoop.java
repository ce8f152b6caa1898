package io.flywatch.cdc.adapter.kafka;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One named thread with a consumer of its own, which is opened anew after a failure, until it is stopped. */
final class KafkaLoop {
    private static final Logger LOG = Logger.getLogger(KafkaLoop.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final String name;
    private final Supplier<KafkaConsumer<byte[], byte[]>> open;
    private final Consumer<KafkaConsumer<byte[], byte[]>> turn;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private volatile @Nullable Thread thread;
    private volatile long turned = System.nanoTime();

    /**
     * A loop.
     *
     * @param turn what is done again and again with the consumer
     */
    KafkaLoop(String name, Supplier<KafkaConsumer<byte[], byte[]>> open, Consumer<KafkaConsumer<byte[], byte[]>> turn) {
        this.name = name;
        this.open = open;
        this.turn = turn;
    }

    void start() {
        thread = Thread.ofPlatform().name("kafka-" + name).daemon().start(this::run);
    }

    /** Ends the loop and leaves the group. */
    void stop() {
        stopped.countDown();
        KafkaConsumer<byte[], byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
        Thread running = thread;
        try {
            if (running != null && !running.join(STOP_LIMIT)) {
                LOG.warnf("loop does not stop loop=%s", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits, unless the loop is stopped meanwhile. */
    void rest(Duration time) {
        try {
            stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How long ago the last turn went well. */
    Duration sinceTurn() {
        return Duration.ofNanos(System.nanoTime() - turned);
    }

    private boolean isRunning() {
        return stopped.getCount() > 0 && !Thread.currentThread().isInterrupted();
    }

    private void run() {
        while (isRunning()) {
            try (KafkaConsumer<byte[], byte[]> opened = open.get()) {
                consumer = opened;
                while (isRunning()) {
                    turn.accept(opened);
                    turned = System.nanoTime();
                }
            } catch (WakeupException | InterruptException stop) {
                LOG.debugf("loop woken loop=%s", name);
            } catch (KafkaException e) {
                LOG.warnf("loop begins anew loop=%s reason=%s", name, e);
                rest(AFTER_FAILURE);
            } catch (RuntimeException | OutOfMemoryError e) {
                LOG.warnf(e, "loop begins anew loop=%s", name);
                rest(AFTER_FAILURE);
            }
        }
    }
}

package io.flywatch.alerts;

import io.flywatch.alerts.AlertsConfig.DeliveryConfig;
import io.flywatch.alerts.deliver.Receiver;
import io.flywatch.alerts.notice.Notice;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings notices out. One thread looks for those that are due; each is sent on a virtual thread of its own, so that a receiver that
 * hangs holds up nobody but itself.
 */
@Singleton
public final class Courier {
    private static final Logger LOG = Logger.getLogger(Courier.class);
    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(2);
    private static final long STOP_WITHIN_MS = 5000;

    private final Ledger ledger;
    private final Receivers receivers;
    private final Errand errand;
    private final DeliveryConfig config;
    private final AlertMetrics metrics;
    private final Map<String, Semaphore> free = new ConcurrentHashMap<>();
    private final Semaphore calls = new Semaphore(0);
    private final Clock clock = Clock.systemUTC();
    private Instant countedAt = Instant.EPOCH;
    private boolean troubled;
    private volatile boolean stopped;
    private @Nullable Thread thread;

    Courier(Ledger ledger, Receivers receivers, Errand errand, DeliveryConfig config, AlertMetrics metrics) {
        this.ledger = ledger;
        this.receivers = receivers;
        this.errand = errand;
        this.config = config;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        thread = Thread.ofPlatform().name("courier").start(this::run);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        call();
        if (thread != null) {
            thread.join(STOP_WITHIN_MS);
        }
    }

    /** There may be something to send. */
    public void call() {
        calls.release();
    }

    private void run() {
        while (!stopped) {
            try {
                for (Receiver receiver : receivers.configured()) {
                    sendDue(receiver);
                }
                count();
                troubled = false;
            } catch (RuntimeException e) {
                if (!troubled) {
                    LOG.warnf("notices can't be looked for, going on to try why=%s", e.toString());
                    troubled = true;
                }
            }
            await();
        }
    }

    private void sendDue(Receiver receiver) {
        Semaphore permits = free.computeIfAbsent(receiver.name(), name -> new Semaphore(config.concurrency()));
        int most = permits.drainPermits();
        int taken = 0;
        try {
            if (most == 0) {
                return;
            }
            Instant now = clock.instant();
            List<Notice> due = QuarkusTransaction.requiringNew()
                    .call(() -> ledger.claim(receiver.name(), most, now, config.claimFor()));
            for (Notice notice : due) {
                Thread.ofVirtual().name("notice-" + notice.id()).start(() -> send(receiver, notice, permits));
                taken++;
            }
        } finally {
            permits.release(most - taken);
        }
    }

    private void send(Receiver receiver, Notice notice, Semaphore permits) {
        try {
            errand.run(receiver, notice);
        } catch (RuntimeException e) {
            // The claim runs out, and somebody sends it again.
            LOG.warnf("notice's outcome can't be kept notice=%d why=%s", notice.id(), e.toString());
        } finally {
            permits.release();
            call();
        }
    }

    private void count() {
        Instant now = clock.instant();
        if (countedAt.plus(BETWEEN_COUNTS).isBefore(now)) {
            QuarkusTransaction.requiringNew().run(() -> metrics.count(ledger.states(), ledger.queued()));
            countedAt = now;
        }
    }

    private void await() {
        try {
            boolean called = calls.tryAcquire(config.lookEvery().toMillis(), TimeUnit.MILLISECONDS);
            calls.drainPermits();
            LOG.tracef("courier looks called=%s", called);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
    }
}

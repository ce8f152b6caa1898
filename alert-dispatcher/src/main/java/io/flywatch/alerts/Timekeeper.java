package io.flywatch.alerts;

import io.flywatch.alerts.AlertsConfig.DeliveryConfig;
import io.flywatch.alerts.AlertsConfig.PolicyConfig;
import io.flywatch.alerts.AlertsConfig.RetentionConfig;
import io.flywatch.alerts.adapter.jdbc.AlertTable;
import io.flywatch.alerts.adapter.jdbc.Database;
import io.flywatch.alerts.adapter.jdbc.Journal;
import io.flywatch.alerts.adapter.jdbc.NoticeTable;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Does what has its time: groups that are due, alerts that run out, signs of life, and what is old. */
@Singleton
public final class Timekeeper {
    private static final Logger LOG = Logger.getLogger(Timekeeper.class);
    private static final long TICK_MS = 200;
    private static final int PRUNED_AT_ONCE = 5000;

    private final Desk desk;
    private final Chores chores;
    private final Replica replica;
    private final Database database;
    private final PolicyLoader loader;
    private final AlertMetrics metrics;
    private final SteadyClock clock;
    private final List<Chore> all = new ArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean rerouted;

    Timekeeper(
            Desk desk,
            Chores chores,
            Replica replica,
            Pulse pulse,
            Database database,
            PolicyLoader loader,
            AlertMetrics metrics,
            SteadyClock clock,
            RetentionConfig retention,
            DeliveryConfig delivery,
            PolicyConfig policy) {
        this.desk = desk;
        this.chores = chores;
        this.replica = replica;
        this.database = database;
        this.loader = loader;
        this.metrics = metrics;
        this.clock = clock;
        add("sign of life", Duration.ofSeconds(1), () -> replica.beat(delivery.takeOverAfter()));
        add("policy", policy.lookEvery(), this::reload);
        add("reroute", Duration.ofSeconds(1), this::reroute);
        add("expired alerts", Duration.ofSeconds(1), chores::expire);
        add("groups", Duration.ofMillis(TICK_MS), this::due);
        add("statistics", Duration.ofSeconds(1), pulse::look);
        add("storms", Duration.ofSeconds(1), chores::storms);
        add("silences", Duration.ofSeconds(5), chores::silences);
        add("heartbeat", Duration.ofMillis(500), chores::heartbeat);
        add("counts", Duration.ofSeconds(2), this::count);
        add("old history", Duration.ofMinutes(1), () -> prune(retention));
    }

    private static final class Chore {
        private final String name;
        private final Duration every;
        private final Runnable work;
        private Instant nextAt = Instant.EPOCH;
        private boolean troubled;

        Chore(String name, Duration every, Runnable work) {
            this.name = name;
            this.every = every;
            this.work = work;
        }
    }

    private void add(String name, Duration every, Runnable work) {
        all.add(new Chore(name, every, work));
    }

    void start() {
        Thread.ofPlatform().name("timekeeper").start(this::run);
    }

    void stop() {
        stopped.countDown();
    }

    /** Has all alerts brought to the groups of the policy that holds now. */
    public void policyChanged() {
        rerouted = false;
    }

    private void run() {
        try {
            do {
                Instant now = clock.instant();
                for (Chore chore : all) {
                    if (!chore.nextAt.isAfter(now)) {
                        chore.nextAt = now.plus(chore.every);
                        attempt(chore);
                    }
                }
            } while (!stopped.await(TICK_MS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void attempt(Chore chore) {
        try {
            chore.work.run();
            chore.troubled = false;
        } catch (RuntimeException e) {
            if (!chore.troubled) {
                LOG.warnf("can't be done now, going on to try what=%s why=%s", chore.name, e.toString());
                chore.troubled = true;
            }
        }
    }

    private void reload() {
        if (loader.reload(false)) {
            policyChanged();
        }
    }

    /** After a start, too: what a replica that is gone had stored but not told is told now. */
    private void reroute() {
        if (!rerouted) {
            rerouted = true;
            try {
                replica.clean();
                chores.reroute();
            } catch (RuntimeException e) {
                rerouted = false;
                throw e;
            }
        }
    }

    private void due() {
        for (int rounds = 0; rounds < 20 && desk.due(); rounds++) {
            LOG.tracef("more groups are due rounds=%d", rounds);
        }
    }

    private void count() {
        database.transact(sql -> {
            metrics.count(AlertTable.states(sql), NoticeTable.queued(sql));
            return true;
        });
    }

    private void prune(RetentionConfig retention) {
        Instant now = clock.instant();
        int pruned;
        do {
            pruned = database.transact(sql ->
                    Journal.prune(sql, now.minus(retention.alerts()), now.minus(retention.history()), PRUNED_AT_ONCE));
        } while (pruned >= PRUNED_AT_ONCE);
    }
}

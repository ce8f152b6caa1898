package io.flywatch.alerts;

import io.flywatch.alerts.AlertsConfig.DeliveryConfig;
import io.flywatch.alerts.adapter.jdbc.AlertTable;
import io.flywatch.alerts.adapter.jdbc.Database;
import io.flywatch.alerts.adapter.jdbc.LostDatabaseException;
import io.flywatch.alerts.adapter.jdbc.NoticeQueue;
import io.flywatch.alerts.adapter.jdbc.NoticeQueue.Letter;
import io.flywatch.alerts.adapter.jdbc.NoticeTable;
import io.flywatch.alerts.adapter.jdbc.Outbox;
import io.flywatch.alerts.adapter.jdbc.Sql;
import io.flywatch.alerts.deliver.Backoff;
import io.flywatch.alerts.deliver.Delivery;
import io.flywatch.alerts.deliver.Outcome;
import io.flywatch.alerts.notice.Notice;
import io.flywatch.alerts.notice.Story;
import io.flywatch.events.alert.AlertEvent;
import io.flywatch.events.alert.NoticeKind;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what became of attempts, those of the same moment in one transaction. While PostgreSQL is away the outcomes wait here: what a
 * receiver took must not be sent again because nobody could write it down.
 */
@Singleton
public final class Recorder {
    private static final Logger LOG = Logger.getLogger(Recorder.class);
    private static final int MOST = 500;
    private static final long BETWEEN_TRIES_MS = 500;
    private static final Duration LAST_OUTCOMES = Duration.ofSeconds(5);
    /** Of no replica: nothing that is queued here is sent at once. */
    private static final UUID NOBODY = new UUID(0, 0);

    private final Database database;
    private final Outbox outbox;
    private final Backoff backoff;
    private final DeliveryConfig config;
    private final Policies policies;
    private final AlertMetrics metrics;
    private final SteadyClock clock;
    private final BlockingQueue<Entry> entries = new LinkedBlockingQueue<>();
    private volatile boolean stopped;
    private @Nullable Thread thread;
    private boolean troubled;

    Recorder(
            Database database,
            Outbox outbox,
            DeliveryConfig config,
            Policies policies,
            AlertMetrics metrics,
            SteadyClock clock) {
        this.database = database;
        this.outbox = outbox;
        this.backoff = new Backoff(config.firstWait(), config.longestWait());
        this.config = config;
        this.policies = policies;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Told once an outcome is kept. */
    @FunctionalInterface
    interface Settled {

        /**
         * It is kept.
         *
         * @param followed whether something waits for it, or because of it
         */
        void kept(Notice notice, boolean followed);
    }

    private record Entry(Notice notice, Outcome outcome, Settled done, boolean bare) {

        Entry stripped() {
            String note = "the answer can't be written down";
            Outcome bare = switch (outcome) {
                case Outcome.Done done -> new Outcome.Done(note, null);
                case Outcome.Again again -> new Outcome.Again(again.dueAt(), note);
                case Outcome.Over over -> new Outcome.Over(note);
            };
            return new Entry(notice, bare, done, true);
        }
    }

    void start() {
        thread = Thread.ofPlatform().name("recorder").start(this::run);
    }

    /** Ends as soon as nothing is left to be kept; that is waited for, for some seconds. */
    void stop() throws InterruptedException {
        stopped = true;
        if (thread != null) {
            thread.join(LAST_OUTCOMES);
        }
    }

    /** Keeps an attempt's outcome; {@code done} is called once it is kept. */
    void record(Notice notice, Delivery delivery, GuardedReceiver receiver, Settled done) {
        Instant now = clock.instant();
        Outcome outcome = Outcome.of(
                delivery,
                notice,
                now,
                backoff,
                config.giveUpAfter(),
                ThreadLocalRandom.current().nextDouble());
        metrics.attempted(notice, outcome, now);
        log(notice, outcome, receiver.name());
        record(notice, outcome, done);
    }

    void record(Notice notice, Outcome outcome, Settled done) {
        entries.add(new Entry(notice, outcome, done, false));
    }

    private void run() {
        while (!stopped || !entries.isEmpty()) {
            try {
                Entry first = entries.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    List<Entry> some = new ArrayList<>(List.of(first));
                    entries.drainTo(some, MOST);
                    keep(some);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.warn("recorder goes on after a fault", e);
            }
        }
    }

    /** A database that is away is waited for. What it will never take is kept without the words that it does not take. */
    private void keep(List<Entry> some) throws InterruptedException {
        Set<Long> followed = null;
        while (followed == null) {
            try {
                followed = database.transact(sql -> keep(sql, some, clock.instant()));
                troubled = false;
            } catch (LostDatabaseException e) {
                if (e.faultOfData()) {
                    keepApart(some, e);
                    return;
                }
                if (!troubled) {
                    troubled = true;
                    LOG.warnf("outcomes can't be kept yet notices=%d why=%s", some.size(), e.toString());
                }
                if (stopped) {
                    followed = Set.of();
                } else {
                    TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES_MS);
                }
            } catch (RuntimeException e) {
                keepApart(some, e);
                return;
            }
        }
        settle(some, followed);
    }

    private static void settle(List<Entry> some, Set<Long> followed) {
        some.forEach(entry -> entry.done()
                .kept(entry.notice(), followed.contains(entry.notice().id())));
    }

    /** One that can't be kept as it is must not hold up the others, nor be sent again because of it. */
    private void keepApart(List<Entry> some, RuntimeException fault) throws InterruptedException {
        if (some.size() > 1) {
            for (Entry entry : some) {
                keep(List.of(entry));
            }
            return;
        }
        Entry entry = some.getFirst();
        if (entry.bare()) {
            LOG.errorf("outcome lost notice=%d why=%s", entry.notice().id(), fault.toString());
            settle(some, Set.of());
            return;
        }
        LOG.warnf(
                "outcome kept without its words notice=%d why=%s",
                entry.notice().id(), fault.toString());
        keep(List.of(entry.stripped()));
    }

    /** Keeps outcomes; the notices come back because of which something waits. */
    private Set<Long> keep(Sql sql, List<Entry> some, Instant now) {
        Map<Notice, Outcome> outcomes = new LinkedHashMap<>();
        some.forEach(entry -> outcomes.put(entry.notice(), entry.outcome()));
        Map<Long, Boolean> kept = new HashMap<>();
        NoticeTable.record(sql, outcomes, now).forEach(it -> kept.put(it.id(), it.followed()));
        Set<Long> followed = new HashSet<>();
        List<AlertEvent> facts = new ArrayList<>();
        List<Letter> letters = new ArrayList<>();
        outcomes.forEach((notice, outcome) -> {
            Boolean others = kept.get(notice.id());
            if (others != null) {
                int before = letters.size();
                switch (outcome) {
                    case Outcome.Done done -> {
                        facts.addAll(Lifecycle.delivered(notice, done, now));
                        refer(sql, notice, done.reference(), now);
                    }
                    case Outcome.Over over -> {
                        facts.addAll(Lifecycle.failed(notice, over, now));
                        fallBack(sql, notice, over, letters, now);
                    }
                    case Outcome.Again again -> {}
                }
                if (others || letters.size() > before) {
                    followed.add(notice.id());
                }
            }
        });
        NoticeQueue.queue(sql, letters, now, NOBODY);
        outbox.tell(sql, facts);
        return followed;
    }

    private static void refer(Sql sql, Notice notice, @Nullable String reference, Instant now) {
        Story story = notice.story();
        if (reference != null || story.isOver() && notice.reference() != null) {
            NoticeTable.refer(sql, notice.receiver(), story.thread(), String.valueOf(reference), story.isOver(), now);
        }
    }

    /** What a receiver refuses for good, its fallback is told; and what is to follow goes there too. */
    private void fallBack(Sql sql, Notice notice, Outcome.Over over, List<Letter> letters, Instant now) {
        Story story = notice.story();
        var spec = policies.current().receivers().get(notice.receiver());
        String fallback = spec == null ? null : spec.fallback();
        List<String> fingerprints = NoticeTable.fingerprints(sql, notice.id());
        if (story.kind() == NoticeKind.FIRING) {
            AlertTable.refuse(sql, fingerprints, notice.receiver());
            NoticeTable.readdress(sql, notice.receiver(), story.thread(), fallback, now);
        }
        if (fallback != null) {
            Story told = new Story(
                    story.kind(),
                    story.thread(),
                    story.group(),
                    story.alerts(),
                    story.firing(),
                    story.ended(),
                    now,
                    notice.receiver() + " refused it (" + over.note() + ")",
                    story.test(),
                    story.audience());
            letters.add(new Letter(fallback, told, fingerprints, notice.since(), false));
            if (story.kind() == NoticeKind.FIRING) {
                AlertTable.inherit(sql, fingerprints, notice.receiver(), fallback);
            }
        }
    }

    private static void log(Notice notice, Outcome outcome, String receiver) {
        String what = receiver + " notice=" + notice.id() + " kind="
                + notice.story().kind() + " attempt=" + notice.attempt() + " answer=" + outcome.note();
        switch (outcome) {
            case Outcome.Done done -> LOG.debugf("notice delivered receiver=%s", what);
            case Outcome.Again again
            when notice.attempt() == 1 -> LOG.warnf("notice tried again at=%s receiver=%s", again.dueAt(), what);
            case Outcome.Again again -> LOG.infof("notice tried again at=%s receiver=%s", again.dueAt(), what);
            case Outcome.Over over -> LOG.warnf("notice refused receiver=%s", what);
        }
    }
}

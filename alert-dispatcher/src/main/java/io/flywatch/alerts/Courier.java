package io.flywatch.alerts;

import io.flywatch.alerts.adapter.jdbc.Database;
import io.flywatch.alerts.adapter.jdbc.NoticeQueue.Queued;
import io.flywatch.alerts.adapter.jdbc.NoticeTable;
import io.flywatch.alerts.adapter.jdbc.Replicas;
import io.flywatch.alerts.deliver.Outcome;
import io.flywatch.alerts.deliver.Pace;
import io.flywatch.alerts.deliver.ReceiverSpec.Rate;
import io.flywatch.alerts.notice.Notice;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings notices out. One thread looks for those that are due; each receiver has a lane of its own, so that one that hangs holds up
 * nobody but itself.
 */
@Singleton
public final class Courier {
    private static final Logger LOG = Logger.getLogger(Courier.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration LAST_LOOK = Duration.ofSeconds(5);
    private static final long BETWEEN_LOOKS_MS = 10;

    private final UUID replica = UUID.randomUUID();
    private final Database database;
    private final Receivers receivers;
    private final Recorder recorder;
    private final SteadyClock clock;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private final Set<Long> inHand = ConcurrentHashMap.newKeySet();
    private final Semaphore calls = new Semaphore(0);
    /** Receivers for whom something is due that could not be taken yet. */
    private final Set<String> behind = ConcurrentHashMap.newKeySet();

    private final LongAdder settled = new LongAdder();
    private volatile boolean troubled;
    private volatile boolean stopped;
    private @Nullable Thread thread;

    Courier(Database database, Receivers receivers, Recorder recorder, SteadyClock clock) {
        this.database = database;
        this.receivers = receivers;
        this.recorder = recorder;
        this.clock = clock;
    }

    void start() {
        thread = Thread.ofPlatform().name("courier").start(this::run);
    }

    /**
     * Sends no more. What was not sent yet is given back, for others to send at once; what is under way is waited for, so that its
     * outcome can be kept and nobody sends it again.
     *
     * @param patience how long
     */
    void stop(Duration patience) throws InterruptedException {
        stopped = true;
        call();
        if (thread != null) {
            thread.join(LAST_LOOK);
        }
        List<Long> left = lanes.values().stream()
                .flatMap(lane -> lane.close().stream())
                .map(Notice::id)
                .toList();
        try {
            database.transact(sql -> {
                NoticeTable.putBack(sql, replica, left);
                return true;
            });
            left.forEach(inHand::remove);
        } catch (RuntimeException e) {
            LOG.warnf(
                    "what was taken ahead can't be given back, others take it over later notices=%d why=%s",
                    left.size(), e.toString());
        }
        long end = System.nanoTime() + patience.toNanos();
        while (!left.containsAll(inHand) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MS);
        }
        LOG.infof("courier ends given_back=%d under_way=%d", left.size(), inHand.size());
    }

    /** There may be something to send. */
    public void call() {
        calls.release();
    }

    /** Who this replica is. */
    UUID replica() {
        return replica;
    }

    /** Whether a receiver can be told at once what is being stored: it has no rate to keep, is well, and has little to do. */
    boolean direct(String receiver) {
        return !stopped
                && receivers
                        .find(receiver)
                        .filter(it -> it.spec().rate().any() && it.circuit() == CircuitBreakerState.CLOSED)
                        .map(it -> lane(it).hasRoom())
                        .orElse(false);
    }

    /** Sends notices that this replica has in hand, and looks for others if any wait. */
    void carry(Queued queued) {
        for (Notice notice : queued.mine()) {
            inHand.add(notice.id());
            GuardedReceiver receiver = receivers.find(notice.receiver()).orElse(null);
            if (receiver == null) {
                abandon(notice);
            } else {
                lane(receiver).add(notice);
            }
        }
        if (!queued.waiting().isEmpty()) {
            behind.addAll(queued.waiting());
            call();
        }
    }

    private void abandon(Notice notice) {
        recorder.record(notice, new Outcome.Over("there is no such receiver any more"), this::settled);
    }

    private Lane lane(GuardedReceiver receiver) {
        return lanes.compute(
                receiver.name(),
                (name, lane) -> lane == null || lane.receiver() != receiver
                        ? new Lane(receiver, recorder, this::settled, notice -> moved(notice, receiver))
                        : lane);
    }

    /** Whether a notice that waited is to go another way, as the policy has changed since; it is brought there. */
    private boolean moved(Notice notice, GuardedReceiver before) {
        GuardedReceiver now = receivers.find(notice.receiver()).orElse(null);
        if (now == before) {
            return false;
        }
        if (now == null) {
            abandon(notice);
        } else {
            lane(now).add(notice);
        }
        return true;
    }

    private void settled(Notice notice, boolean followed) {
        inHand.remove(notice.id());
        settled.increment();
        if (followed || behind.contains(notice.receiver())) {
            call();
        }
    }

    /** Whether this replica has a notice in hand. */
    boolean has(long id) {
        return inHand.contains(id);
    }

    private void run() {
        while (!stopped) {
            Instant next = clock.instant().plus(LOOK_EVERY);
            try {
                for (GuardedReceiver receiver : receivers.all()) {
                    Instant again = look(receiver);
                    next = again.isBefore(next) ? again : next;
                }
                forgetLanes();
                troubled = false;
            } catch (RuntimeException e) {
                if (!troubled) {
                    LOG.warnf("notices can't be looked for, going on to try why=%s", e.toString());
                    troubled = true;
                }
            }
            await(Duration.between(clock.instant(), next));
        }
    }

    private void forgetLanes() {
        Set<String> names = new HashSet<>();
        receivers.all().forEach(receiver -> names.add(receiver.name()));
        lanes.keySet().removeIf(name -> !names.contains(name));
    }

    /** Takes what is due for a receiver; when to look again. */
    private Instant look(GuardedReceiver receiver) {
        Lane lane = lane(receiver);
        Rate rate = receiver.spec().rate();
        int room = rate.any() && receiver.circuit() == CircuitBreakerState.CLOSED ? lane.ahead() : lane.free();
        Instant now = clock.instant();
        if (room <= 0) {
            behind.add(receiver.name());
            return now.plus(LOOK_EVERY);
        }
        behind.remove(receiver.name());
        long before = settled.sum();
        Claimed claimed = database.transact(sql -> {
            Pace.Grant grant = rate.any()
                    ? new Pace.Grant(room, now.plus(LOOK_EVERY))
                    : Replicas.grant(sql, receiver.name(), rate, room, now);
            if (grant.notices() == 0) {
                return new Claimed(List.of(), grant.nextAt(), () -> List.of(false));
            }
            List<Notice> due = NoticeTable.claim(sql, receiver.name(), grant.notices(), now, replica);
            if (!rate.any() && !due.isEmpty()) {
                Replicas.used(sql, receiver.name(), rate, due.size(), now);
            }
            return new Claimed(
                    due,
                    due.isEmpty() ? now.plus(LOOK_EVERY) : grant.nextAt(),
                    NoticeTable.waits(sql, receiver.name(), now));
        });
        carryAll(lane, claimed.notices());
        if (claimed.more().get().contains(true)) {
            // What goes before it is in hand: look again when that is done, or at once if it was done meanwhile.
            behind.add(receiver.name());
            if (settled.sum() != before) {
                call();
            }
        }
        return claimed.nextAt();
    }

    private void carryAll(Lane lane, List<Notice> notices) {
        for (Notice notice : notices) {
            inHand.add(notice.id());
            lane.add(notice);
        }
    }

    private record Claimed(List<Notice> notices, Instant nextAt, Supplier<List<Boolean>> more) {}

    private void await(Duration wait) {
        try {
            boolean called = calls.tryAcquire(Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS);
            calls.drainPermits();
            LOG.tracef("courier looks called=%s", called);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
    }
}

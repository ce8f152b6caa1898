package io.flywatch.alerts;

import io.flywatch.alerts.Tray.Job;
import io.flywatch.alerts.adapter.jdbc.Database;
import io.flywatch.alerts.adapter.jdbc.LostDatabaseException;
import io.flywatch.alerts.adapter.jdbc.Outbox;
import io.flywatch.alerts.adapter.jdbc.Sql;
import io.flywatch.alerts.alert.Change;
import io.flywatch.alerts.alert.Report;
import io.flywatch.alerts.group.Group;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Where it is decided: one thread, so that what comes at the same time is decided in one transaction and costs one commit. Other
 * replicas have a desk of their own; rows that are locked keep them from deciding about the same alert at once.
 */
@Singleton
public final class Desk {
    private static final Logger LOG = Logger.getLogger(Desk.class);

    private static final int MOST_REPORTS = 1000;
    private static final int MOST_GROUPS = 200;
    private static final int ATTEMPTS = 3;
    private static final int WAITING_REQUESTS = 5000;
    private static final int WAITING_REPORTS = 50_000;
    private static final Duration LAST_ROUND = Duration.ofSeconds(5);
    private static final String STOPS = "the service stops";

    private final Database database;
    private final Outbox outbox;
    private final Situation situation;
    private final Courier courier;
    private final AlertMetrics metrics;
    private final Tray tray = new Tray(WAITING_REQUESTS, WAITING_REPORTS);
    private final Memory memory = new Memory(System::nanoTime);
    private volatile boolean stopped;
    private @Nullable Thread thread;
    private volatile @Nullable Job left;

    Desk(Database database, Outbox outbox, Situation situation, Courier courier, AlertMetrics metrics) {
        this.database = database;
        this.outbox = outbox;
        this.situation = situation;
        this.courier = courier;
        this.metrics = metrics;
    }

    /** Too many requests wait already, or none is decided any more. */
    public static final class BusyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BusyException(String why) {
            super(why);
        }
    }

    void start() {
        thread = Thread.ofPlatform().name("desk").start(this::run);
    }

    /** Decides no more; what is being decided is waited for, and who waits for the rest hears that it is not stored. */
    void stop() throws InterruptedException {
        stopped = true;
        if (thread != null) {
            thread.join(LAST_ROUND);
        }
        Job last = left;
        if (last != null) {
            last.done().completeExceptionally(new BusyException(STOPS));
        }
        for (Job job = tray.poll(); job != null; job = tray.poll()) {
            job.done().completeExceptionally(new BusyException(STOPS));
        }
    }

    /**
     * Takes reports in. When the answer is there, they are stored, and so is what was decided.
     *
     * @throws BusyException if too much waits, or the service stops
     */
    public CompletableFuture<List<Change>> take(List<Report> reports) {
        CompletableFuture<List<Change>> done = new CompletableFuture<>();
        if (reports.isEmpty()) {
            done.complete(List.of());
        } else if (stopped) {
            throw new BusyException(STOPS);
        } else if (!tray.offer(new Job(reports, done))) {
            throw new BusyException("too many alerts wait to be stored");
        } else if (stopped) {
            // It may have come too late to be taken out; that it is stored all the same does no harm.
            done.completeExceptionally(new BusyException(STOPS));
        }
        return done;
    }

    private void run() {
        while (!stopped) {
            try {
                Job first = left == null ? tray.poll(100) : left;
                left = null;
                if (first != null) {
                    decide(gather(first));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.warn("desk goes on after a fault", e);
            }
        }
    }

    /** What waits, as long as no alert comes twice: a beginning and an end are told both. */
    private List<Job> gather(Job first) {
        List<Job> gathered = new ArrayList<>(List.of(first));
        Set<String> seen = new HashSet<>();
        first.reports().forEach(report -> seen.add(report.fingerprint()));
        int reports = first.reports().size();
        while (reports < MOST_REPORTS) {
            Job next = tray.poll();
            if (next == null) {
                break;
            }
            boolean again = next.reports().stream().anyMatch(report -> !seen.add(report.fingerprint()));
            if (again) {
                left = next;
                break;
            }
            gathered.add(next);
            reports += next.reports().size();
        }
        return gathered;
    }

    private void decide(List<Job> gathered) {
        try {
            List<Report> reports =
                    gathered.stream().flatMap(job -> job.reports().stream()).toList();
            List<Change> changes = inTurn(reports);
            int from = 0;
            for (Job job : gathered) {
                job.done().complete(changes.subList(from, from + job.reports().size()));
                from += job.reports().size();
            }
        } catch (RuntimeException e) {
            if (gathered.size() > 1) {
                // One request must not spoil the others.
                gathered.forEach(job -> decide(List.of(job)));
            } else {
                gathered.getFirst().done().completeExceptionally(e);
            }
        }
    }

    /** A request that reports an alert twice is decided in parts. */
    private List<Change> inTurn(List<Report> reports) {
        List<Change> changes = new ArrayList<>();
        List<Report> part = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Report report : reports) {
            if (!seen.add(report.fingerprint()) || part.size() >= MOST_REPORTS) {
                changes.addAll(round(part));
                part.clear();
                seen.clear();
                seen.add(report.fingerprint());
            }
            part.add(report);
        }
        changes.addAll(round(part));
        return changes;
    }

    private List<Change> round(List<Report> reports) {
        List<Report> now = List.copyOf(reports);
        boolean guessed =
                memory.mayGuess() && now.stream().allMatch(it -> it.fires() && memory.isNew(it.fingerprint()));
        Decided<List<Change>> decided = (guessed ? asNew(now) : Optional.<Decided<List<Change>>>empty())
                .orElseGet(() -> decided(round -> round.take(now)));
        memory.learn(now.stream().map(Report::fingerprint).toList());
        memory.learn(
                decided.round().groups().stream().map(Group.Key::fingerprint).toList());
        return decided.answer();
    }

    /** Decides on what seems to be new; empty if it is not, and nothing was done. */
    private Optional<Decided<List<Change>>> asNew(List<Report> reports) {
        try {
            Decided<List<Change>> decided =
                    once(round -> round.takeNew(reports, key -> memory.isNew(key.fingerprint())));
            memory.guessedRight();
            return Optional.of(decided);
        } catch (LostDatabaseException e) {
            if (!e.isThere() && !e.collided()) {
                throw e;
            }
            memory.guessedWrong();
            return Optional.empty();
        }
    }

    /** Plans groups whose time has come; whether there may be more. */
    boolean due() {
        return settle(round -> round.due(MOST_GROUPS)) == MOST_GROUPS;
    }

    /** Decides something in a transaction, and has its notices sent. */
    <T> T settle(Function<Round, T> work) {
        return decided(work).answer();
    }

    private <T> Decided<T> decided(Function<Round, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(work);
            } catch (LostDatabaseException e) {
                if (attempt >= ATTEMPTS || !e.collided()) {
                    throw e;
                }
            }
        }
    }

    private <T> Decided<T> once(Function<Round, T> work) {
        Decided<T> decided = database.transact((Sql sql) -> {
            Round round = new Round(sql, situation.terms(sql), outbox);
            T answer = work.apply(round);
            round.close();
            return new Decided<>(round, answer);
        });
        courier.carry(decided.round().queued());
        decided.round().decided().forEach(metrics::decided);
        return decided;
    }

    private record Decided<T>(Round round, T answer) {}
}

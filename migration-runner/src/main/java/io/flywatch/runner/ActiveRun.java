package io.flywatch.runner;

import io.flywatch.events.progress.MigrationKind;
import io.flywatch.events.progress.ProgressSample;
import io.flywatch.events.progress.RunState;
import io.flywatch.runner.adapter.orm.OwnedRuns;
import io.flywatch.runner.progress.Observation;
import io.flywatch.runner.progress.ProgressMeter;
import io.flywatch.runner.run.Journal;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.Suspended;
import io.flywatch.runner.run.Wish;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A run that this runner works on: the engine's journal, and what others of this runner may know of it. */
final class ActiveRun implements Journal {
    private final OwnedRuns store;
    private final String me;
    private final Run run;
    private final Duration ownership;
    private final Clock clock;
    private final boolean pausedByEngine;
    private final ProgressMeter meter = new ProgressMeter();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();

    private volatile Supplier<Observation> progress = () -> Observation.of(null, "starting");
    private volatile Optional<Wish> wish;
    private volatile long renewedAt = System.nanoTime();
    private volatile boolean stopping;

    ActiveRun(OwnedRuns store, String me, Run run, Duration ownership, Clock clock) {
        this.store = store;
        this.me = me;
        this.run = run;
        this.ownership = ownership;
        this.clock = clock;
        this.wish = Optional.ofNullable(run.wish());
        this.pausedByEngine = run.kind() == MigrationKind.REPLICATION;
    }

    @Override
    public Run run() {
        return run;
    }

    /** This runner told the database that it still works on the run. The time is that before it asked. */
    void renewed(long askedAt, Optional<Wish> asked) {
        renewedAt = askedAt;
        if (!asked.equals(wish)) {
            wish = asked;
            signal();
        }
    }

    /** The runner stops, or lost the run: the engine is to leave it as it is. */
    void stop() {
        stopping = true;
        signal();
    }

    synchronized ProgressSample sample(RunState state) {
        Observation seen = progress.get();
        return meter.sample(run.migrationId(), run.id(), clock.instant(), state, seen);
    }

    /** What earlier runs of the migration reached, in rows per second. */
    synchronized void usually(double perSecond) {
        meter.usually(perSecond);
    }

    /** What this run usually reached, in rows per second, if it took long enough to tell. */
    synchronized OptionalDouble usual() {
        return meter.learned();
    }

    @Override
    public void stepStarted(int index) {
        durable(() -> store.beginStep(me, run.id(), index, clock.instant()));
    }

    @Override
    public void stepFinished(int index, long rows) {
        durable(() -> store.finishStep(me, run.id(), index, rows, clock.instant()));
    }

    @Override
    public Optional<Wish> wish() {
        checkOwnership();
        return wish;
    }

    /**
     * Wherever an engine looks it may be killed too, so it may stand still there. A replication is paused by its engine, which has
     * to stop its connector first.
     */
    @Override
    public void checkOwnership() {
        requireOwnership();
        if (!pausedByEngine && wish.filter(it -> it == Wish.PAUSE).isPresent()) {
            throw Suspended.onDemand();
        }
    }

    private void requireOwnership() {
        if (stopping) {
            throw new Suspended("the runner stops");
        }
        if (System.nanoTime() - renewedAt > ownership.toNanos()) {
            throw new Suspended("the control database did not answer for " + ownership);
        }
    }

    @Override
    public void pause(Duration time) {
        Optional<Wish> before = wish;
        lock.lock();
        try {
            long left = time.toNanos();
            while (left > 0 && !stopping && wish.equals(before)) {
                left = news.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Suspended("the runner stops", e);
        } finally {
            lock.unlock();
        }
        checkOwnership();
    }

    @Override
    public Optional<String> note() {
        try {
            return store.note(me, run.id());
        } catch (Suspended e) {
            throw e;
        } catch (RuntimeException e) {
            throw new Suspended("the control database is away", e);
        }
    }

    @Override
    public void note(String text) {
        durable(() -> store.note(me, run.id(), text));
    }

    @Override
    public void observe(Supplier<Observation> newProgress) {
        progress = newProgress;
    }

    /** What can't be written down now is done again later: the run stands still until the database is back. */
    private void durable(Runnable change) {
        requireOwnership();
        try {
            change.run();
        } catch (Suspended e) {
            throw e;
        } catch (RuntimeException e) {
            throw new Suspended("the control database is away", e);
        }
    }

    private void signal() {
        lock.lock();
        try {
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

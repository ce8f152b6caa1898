package io.flywatch.runner.adapter.flyway;

import io.flywatch.events.progress.MigrationKind;
import io.flywatch.runner.progress.Observation;
import io.flywatch.runner.run.Journal;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.RunStatus;
import io.flywatch.runner.run.RunStep;
import io.flywatch.runner.run.Suspended;
import io.flywatch.runner.run.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** A journal in memory, for several threads. */
final class MemoryJournal implements Journal {
    final List<String> told = new CopyOnWriteArrayList<>();
    volatile Optional<Wish> wish = Optional.empty();
    volatile boolean stopping;
    private final String id;
    private final List<String> steps;
    private final Set<Integer> done = ConcurrentHashMap.newKeySet();
    private volatile String note = "";
    private volatile Supplier<Observation> progress = () -> Observation.of(null, "");

    MemoryJournal(String id, List<String> steps) {
        this.id = id;
        this.steps = steps;
    }

    Observation progress() {
        return progress.get();
    }

    @Override
    public Run run() {
        List<RunStep> all = new ArrayList<>();
        for (int i = 1; i <= steps.size(); i++) {
            Instant finished = done.contains(i) ? Instant.EPOCH : null;
            all.add(new RunStep(i, steps.get(i - 1), finished, finished, 0));
        }
        RunStatus running = new RunStatus.Running(Instant.EPOCH);
        return new Run(id, "m", MigrationKind.SQL, running, "rest", null, Instant.EPOCH, all, null, 0);
    }

    @Override
    public void stepStarted(int index) {
        String started = "started " + steps.get(index - 1);
        if (!told.contains(started)) {
            told.add(started);
        }
    }

    @Override
    public void stepFinished(int index, long rows) {
        done.add(index);
        told.add("finished " + steps.get(index - 1) + " " + rows);
    }

    @Override
    public Optional<Wish> wish() {
        checkOwnership();
        return wish;
    }

    @Override
    public void checkOwnership() {
        if (stopping) {
            throw new Suspended("the runner stops");
        }
        if (wish.filter(it -> it == Wish.PAUSE).isPresent()) {
            throw Suspended.onDemand();
        }
    }

    @Override
    public void pause(Duration time) {
        LockSupport.parkNanos(Math.min(time.toNanos(), 50_000_000));
    }

    @Override
    public Optional<String> note() {
        return Optional.of(note);
    }

    @Override
    public void note(String text) {
        note = text;
    }

    @Override
    public void observe(Supplier<Observation> newProgress) {
        progress = newProgress;
    }
}

package io.flywatch.runner.adapter.mongo;

import io.flywatch.events.progress.MigrationKind;
import io.flywatch.runner.progress.Observation;
import io.flywatch.runner.run.Journal;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.RunStatus;
import io.flywatch.runner.run.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** A journal in memory. */
final class FakeJournal implements Journal {
    final TreeMap<Integer, Long> finished = new TreeMap<>();
    Optional<Wish> wish = Optional.empty();
    Supplier<Observation> progress = () -> Observation.of(null, "");
    private final String migrationId;
    private final String runId;

    FakeJournal(String migrationId) {
        this(migrationId, "run-1");
    }

    FakeJournal(String migrationId, String runId) {
        this.migrationId = migrationId;
        this.runId = runId;
    }

    @Override
    public Run run() {
        return new Run(
                runId,
                migrationId,
                MigrationKind.MONGODB,
                new RunStatus.Running(Instant.EPOCH),
                "rest",
                null,
                Instant.EPOCH,
                List.of(),
                null,
                0);
    }

    @Override
    public void stepStarted(int index) {}

    @Override
    public void stepFinished(int index, long rows) {
        finished.put(index, rows);
    }

    @Override
    public Optional<Wish> wish() {
        return wish;
    }

    @Override
    public void checkOwnership() {}

    @Override
    public void pause(Duration time) {
        LockSupport.parkNanos(Math.min(time.toNanos(), 50_000_000));
    }

    @Override
    public Optional<String> note() {
        return Optional.empty();
    }

    @Override
    public void note(String text) {}

    @Override
    public void observe(Supplier<Observation> newProgress) {
        progress = newProgress;
    }
}

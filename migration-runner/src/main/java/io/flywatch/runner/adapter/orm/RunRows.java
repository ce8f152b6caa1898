package io.flywatch.runner.adapter.orm;

import io.flywatch.runner.run.Failure;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.RunStatus;
import io.flywatch.runner.run.RunStep;
import io.flywatch.runner.run.Undo;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows to runs and back. */
final class RunRows {
    private RunRows() {}

    static Run run(EntityManager rows, RunEntity row) {
        return new Run(
                row.id,
                row.migrationId,
                row.kind,
                status(row),
                row.trigger,
                row.idempotencyKey,
                row.createdAt,
                steps(rows, row.id),
                row.wish,
                row.rows,
                row.attempt,
                undo(row));
    }

    static List<RunStep> steps(EntityManager rows, String runId) {
        return rows.createQuery("from StepEntity s where s.key.runId = :run order by s.key.index", StepEntity.class)
                .setParameter("run", runId)
                .getResultStream()
                .map(it -> new RunStep(it.key.index(), it.name, it.startedAt, it.finishedAt, it.rows))
                .toList();
    }

    static int howManySteps(EntityManager rows, String runId) {
        return rows.createQuery("select max(s.key.index) from StepEntity s where s.key.runId = :run", Integer.class)
                .setParameter("run", runId)
                .getSingleResult();
    }

    static void addSteps(EntityManager rows, String runId, List<String> names, int from) {
        for (int i = from; i < names.size(); i++) {
            StepEntity step = new StepEntity();
            step.key = new StepEntity.Key(runId, i + 1);
            step.name = names.get(i);
            rows.persist(step);
        }
    }

    static RunStatus status(RunEntity row) {
        Instant since = row.startedAt == null ? row.createdAt : row.startedAt;
        return switch (row.state) {
            case PENDING -> new RunStatus.Pending(row.createdAt, row.startedAt);
            case RUNNING -> new RunStatus.Running(since);
            case PAUSED -> new RunStatus.Paused(at(row.pausedAt, "a paused run says since when"), row.startedAt);
            case SUCCEEDED -> new RunStatus.Succeeded(since, ended(row));
            case CANCELLED -> new RunStatus.Cancelled(since, ended(row));
            case FAILED -> new RunStatus.Failed(since, ended(row), failure(row));
        };
    }

    /** A runner begins or goes on: what is asked of the run stays asked. */
    static void start(RunEntity row, RunStatus.Running running) {
        row.state = running.state();
        row.startedAt = running.since();
        row.pausedAt = null;
    }

    static void move(RunEntity row, RunStatus to) {
        row.state = to.state();
        row.pausedAt = to instanceof RunStatus.Paused paused ? paused.since() : null;
        row.endedAt = to instanceof RunStatus.Ended ended ? ended.at() : null;
        row.wish = null;
        row.wishBy = null;
        Failure failure = to instanceof RunStatus.Failed failed ? failed.failure() : null;
        row.errorStep = failure == null ? null : failure.step();
        row.errorType = failure == null ? null : failure.type().label();
        row.errorMessage = failure == null ? null : failure.message();
        row.errorKeyRange = failure == null ? null : failure.keyRange();
        row.errorCode = failure == null ? null : failure.serverCode();
    }

    private static Failure failure(RunEntity row) {
        return new Failure(
                row.errorStep, type(row.errorType), text(row.errorMessage), row.errorKeyRange, row.errorCode);
    }

    static Failure failure(FailureEntity row) {
        return new Failure(row.step, type(row.type), row.message, row.keyRange, row.code);
    }

    private static @Nullable Undo undo(RunEntity row) {
        if (row.undoRun != null) {
            return new Undo.OfRun(row.undoRun);
        }
        return row.undoAfter == null ? null : new Undo.After(row.undoAfter);
    }

    private static Instant ended(RunEntity row) {
        return at(row.endedAt, "a run that ended says when");
    }

    private static Instant at(@Nullable Instant at, String otherwise) {
        return Objects.requireNonNull(at, otherwise);
    }

    /** A type that only a later version knows is still a failure. */
    private static FailureType type(@Nullable String label) {
        String name = label == null ? "" : label.toUpperCase(Locale.ROOT);
        return Arrays.stream(FailureType.values())
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElse(FailureType.INTERNAL);
    }

    private static String text(@Nullable String message) {
        return message == null ? "" : message;
    }
}

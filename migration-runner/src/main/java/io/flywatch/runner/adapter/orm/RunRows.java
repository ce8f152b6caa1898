package io.flywatch.runner.adapter.orm;

import io.flywatch.runner.run.Failure;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.RunStatus;
import io.flywatch.runner.run.RunStep;
import jakarta.persistence.EntityManager;
import java.time.Instant;
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
                row.rows);
    }

    static List<RunStep> steps(EntityManager rows, String runId) {
        return rows.createQuery("from StepEntity s where s.key.runId = :run order by s.key.index", StepEntity.class)
                .setParameter("run", runId)
                .getResultStream()
                .map(it -> new RunStep(it.key.index(), it.name, it.startedAt, it.finishedAt, it.rows))
                .toList();
    }

    static RunStatus status(RunEntity row) {
        Instant since = row.startedAt == null ? row.createdAt : row.startedAt;
        return switch (row.state) {
            case PENDING -> new RunStatus.Pending(row.createdAt);
            case RUNNING, PAUSED -> new RunStatus.Running(since);
            case SUCCEEDED -> new RunStatus.Succeeded(since, ended(row));
            case CANCELLED -> new RunStatus.Cancelled(since, ended(row));
            case FAILED ->
                new RunStatus.Failed(
                        since, ended(row), new Failure(row.errorStep, type(row.errorType), text(row.errorMessage)));
        };
    }

    static void move(RunEntity row, RunStatus to) {
        row.state = to.state();
        switch (to) {
            case RunStatus.Pending pending -> {}
            case RunStatus.Running running -> row.startedAt = running.since();
            case RunStatus.Ended ended -> {
                row.endedAt = ended.at();
                row.wish = null;
            }
        }
        if (to instanceof RunStatus.Failed failed) {
            row.errorStep = failed.failure().step();
            row.errorType = failed.failure().type().label();
            row.errorMessage = failed.failure().message();
        }
    }

    private static Instant ended(RunEntity row) {
        return Objects.requireNonNull(row.endedAt, "a run that ended says when");
    }

    private static FailureType type(@Nullable String label) {
        return label == null ? FailureType.INTERNAL : FailureType.valueOf(label.toUpperCase(Locale.ROOT));
    }

    private static String text(@Nullable String message) {
        return message == null ? "" : message;
    }
}

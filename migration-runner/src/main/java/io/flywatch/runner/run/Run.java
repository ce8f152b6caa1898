package io.flywatch.runner.run;

import io.flywatch.events.progress.MigrationKind;
import io.flywatch.events.progress.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a migration, or the undoing of one.
 *
 * @param trigger who or what started it: {@code rest}, {@code command}, {@code schedule}, {@code rollback}
 * @param wish what somebody asked of it, if it has not happened yet
 * @param rows how many rows or documents it changed, as far as its finished steps go
 * @param attempt 1, and one more with each retry
 * @param undo what it undoes; null if it is no rollback
 */
public record Run(
        String id,
        String migrationId,
        MigrationKind kind,
        RunStatus status,
        String trigger,
        @Nullable String idempotencyKey,
        Instant createdAt,
        List<RunStep> steps,
        @Nullable Wish wish,
        long rows,
        int attempt,
        @Nullable Undo undo) {
    public Run {
        steps = List.copyOf(steps);
    }

    /** A first attempt that undoes nothing. */
    public Run(
            String id,
            String migrationId,
            MigrationKind kind,
            RunStatus status,
            String trigger,
            @Nullable String idempotencyKey,
            Instant createdAt,
            List<RunStep> steps,
            @Nullable Wish wish,
            long rows) {
        this(id, migrationId, kind, status, trigger, idempotencyKey, createdAt, steps, wish, rows, 1, null);
    }

    /** Whether something may still happen in it. */
    public boolean isActive() {
        return status instanceof RunStatus.Active;
    }

    /** Whether it undoes what another did. */
    public boolean isRollback() {
        return undo != null;
    }

    /** The step of that name, if it is done. */
    public boolean isDone(String step) {
        return steps.stream().anyMatch(it -> it.name().equals(step) && it.isDone());
    }

    /** Its state in small letters, for a person. */
    public String told() {
        RunState state = status.state();
        return state.name().toLowerCase(Locale.ROOT);
    }
}

package io.flywatch.runner.run;

import io.flywatch.events.progress.MigrationKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a migration.
 *
 * @param trigger who or what started it: {@code rest}, {@code command}
 * @param wish what somebody asked of it, if it has not happened yet
 * @param rows how many rows or documents it changed, as far as its finished steps go
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
        long rows) {
    public Run {
        steps = List.copyOf(steps);
    }

    /** Whether something may still happen in it. */
    public boolean isActive() {
        return status instanceof RunStatus.Active;
    }

    /** The step of that name, if it is done. */
    public boolean isDone(String step) {
        return steps.stream().anyMatch(it -> it.name().equals(step) && it.isDone());
    }
}

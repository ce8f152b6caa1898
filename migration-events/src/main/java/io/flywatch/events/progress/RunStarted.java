package io.flywatch.events.progress;

import java.time.Instant;
import java.util.List;

/**
 * A run began.
 *
 * @param kind what sort of migration it is
 * @param trigger who or what started it: {@code rest}, {@code schedule}, {@code command}, {@code rollback}
 * @param steps the names of its steps, in order
 */
public record RunStarted(
        String migrationId, String runId, Instant at, MigrationKind kind, String trigger, List<String> steps)
        implements ProgressEvent {
    public RunStarted {
        steps = List.copyOf(steps);
    }
}

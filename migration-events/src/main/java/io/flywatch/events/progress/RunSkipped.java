package io.flywatch.events.progress;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run that a schedule asked for was not started.
 *
 * @param runId always null: there is no such run
 * @param due when it should have begun
 * @param reason why it did not
 */
public record RunSkipped(String migrationId, @Nullable String runId, Instant at, Instant due, String reason)
        implements ProgressEvent {}

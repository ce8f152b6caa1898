package io.flywatch.events.progress;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run ended with a failure.
 *
 * @param step the step that failed, or null if none had begun
 * @param errorType a short name from a closed set, fit for a metric's label
 * @param message what happened, to what, and what to do next
 * @param took from its start to the failure
 */
public record RunFailed(
        String migrationId,
        String runId,
        Instant at,
        @Nullable String step,
        String errorType,
        String message,
        Duration took)
        implements ProgressEvent {}

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
 * @param keyRange the range of keys of the batch that failed, if it was one
 * @param serverCode the database's own code, if it gave one
 */
public record RunFailed(
        String migrationId,
        String runId,
        Instant at,
        @Nullable String step,
        String errorType,
        String message,
        Duration took,
        @Nullable String keyRange,
        @Nullable String serverCode)
        implements ProgressEvent {}

package io.flywatch.events.progress;

import java.time.Duration;
import java.time.Instant;

/**
 * A run ended without a failure.
 *
 * @param state {@link RunState#SUCCEEDED} or {@link RunState#CANCELLED}
 * @param rows how many rows or documents it changed in all
 * @param took from its start to its end
 */
public record RunFinished(String migrationId, String runId, Instant at, RunState state, long rows, Duration took)
        implements ProgressEvent {}

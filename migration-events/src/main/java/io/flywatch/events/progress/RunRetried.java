package io.flywatch.events.progress;

import java.time.Instant;

/**
 * A run that had failed goes on from the step that was not done.
 *
 * @param attempt which attempt begins: 2 for the first retry
 * @param reason why, e.g. who asked for it
 */
public record RunRetried(String migrationId, String runId, Instant at, int attempt, String reason)
        implements ProgressEvent {}

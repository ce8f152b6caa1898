package io.flywatch.events.progress;

import java.time.Instant;

/**
 * A run goes on, after a pause or after its runner was lost.
 *
 * @param reason why
 */
public record RunResumed(String migrationId, String runId, Instant at, String reason) implements ProgressEvent {}

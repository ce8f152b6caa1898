package io.flywatch.events.progress;

import java.time.Instant;

/**
 * A run stands still until it is resumed.
 *
 * @param reason why
 */
public record RunPaused(String migrationId, String runId, Instant at, String reason) implements ProgressEvent {}

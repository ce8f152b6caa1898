package io.flywatch.events.progress;

import java.time.Instant;

/**
 * A step began.
 *
 * @param step its name
 * @param index its place among the run's steps, from 1
 * @param steps how many steps the run has
 */
public record StepStarted(String migrationId, String runId, Instant at, String step, int index, int steps)
        implements ProgressEvent {}

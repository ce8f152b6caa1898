package io.flywatch.events.progress;

import java.time.Duration;
import java.time.Instant;

/**
 * A step was done.
 *
 * @param step its name
 * @param index its place among the run's steps, from 1
 * @param rows how many rows or documents it changed
 * @param took from its start to its end
 */
public record StepFinished(
        String migrationId, String runId, Instant at, String step, int index, long rows, Duration took)
        implements ProgressEvent {}

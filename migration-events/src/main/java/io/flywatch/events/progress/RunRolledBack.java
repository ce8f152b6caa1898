package io.flywatch.events.progress;

import java.time.Instant;

/**
 * What an ended run had changed is undone. The run keeps its state and its failure; the undoing was a run of its own.
 *
 * @param by the run that undid it
 */
public record RunRolledBack(String migrationId, String runId, Instant at, String by) implements ProgressEvent {}

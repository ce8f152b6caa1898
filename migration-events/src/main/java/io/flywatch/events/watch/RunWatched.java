package io.flywatch.events.watch;

import java.time.Instant;

/**
 * A run's statistics have been judged. Said every few seconds while they come; whoever needs to know that a run is calm, and not merely
 * unwatched, asks how old this is.
 *
 * @param judgedUpTo the newest statistics that were judged were taken then; every anomaly in them has been told before this event
 */
public record RunWatched(String migrationId, String runId, Instant at, Instant judgedUpTo) implements WatchEvent {}

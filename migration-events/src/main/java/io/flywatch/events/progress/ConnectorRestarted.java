package io.flywatch.events.progress;

import java.time.Instant;

/**
 * The connector of a replication had failed, and was asked to begin again.
 *
 * @param attempt restarts since it last ran for a while, from 1
 * @param reason what Kafka Connect said of the failure
 */
public record ConnectorRestarted(String migrationId, String runId, Instant at, int attempt, String reason)
        implements ProgressEvent {}

package io.flywatch.events.command;

import java.time.Instant;

/**
 * Stop a verification.
 *
 * @param verificationId the id it was started with; an unknown one is left out
 */
public record CancelVerification(String migrationId, String runId, Instant at, String verificationId)
        implements CommandEvent {}

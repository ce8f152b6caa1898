package io.flywatch.events.verification;

import java.time.Instant;

/**
 * A finished verification no longer speaks of what is there now: the schema of one of its tables changed after it began.
 *
 * @param verificationId the verification that is outdated
 * @param reason what changed, for a person
 */
public record VerificationOutdated(String migrationId, String runId, Instant at, String verificationId, String reason)
        implements VerificationEvent {}

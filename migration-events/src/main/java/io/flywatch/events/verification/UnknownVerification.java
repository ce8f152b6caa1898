package io.flywatch.events.verification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event of a type that this version does not know. */
public record UnknownVerification(
        String migrationId, @Nullable String runId, Instant at) implements VerificationEvent {}

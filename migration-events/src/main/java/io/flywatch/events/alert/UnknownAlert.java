package io.flywatch.events.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event of a type that this version does not know. */
public record UnknownAlert(String migrationId, @Nullable String runId, Instant at, String fingerprint)
        implements AlertEvent {}

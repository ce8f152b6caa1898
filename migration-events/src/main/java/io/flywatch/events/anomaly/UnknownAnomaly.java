package io.flywatch.events.anomaly;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event of a type that this version does not know. */
public record UnknownAnomaly(String migrationId, @Nullable String runId, Instant at) implements AnomalyEvent {}

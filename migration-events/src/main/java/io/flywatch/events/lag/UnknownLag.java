package io.flywatch.events.lag;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event of a type that this version does not know. */
public record UnknownLag(String migrationId, @Nullable String runId, Instant at) implements LagEvent {}

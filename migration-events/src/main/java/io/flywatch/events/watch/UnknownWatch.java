package io.flywatch.events.watch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event of a type that this version does not know. */
public record UnknownWatch(String migrationId, @Nullable String runId, Instant at) implements WatchEvent {}

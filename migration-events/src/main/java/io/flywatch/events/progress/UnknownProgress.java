package io.flywatch.events.progress;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event of a type that this version does not know. */
public record UnknownProgress(String migrationId, @Nullable String runId, Instant at) implements ProgressEvent {}

package io.flywatch.events.pipeline;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event of a type that this version does not know. */
public record UnknownPipeline(String migrationId, @Nullable String runId, Instant at) implements PipelineEvent {}

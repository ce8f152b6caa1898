package io.flywatch.events.command;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A command of a type that this version does not know. */
public record UnknownCommand(String migrationId, @Nullable String runId, Instant at) implements CommandEvent {}

package io.flywatch.events.command;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Start a run of a declared migration, as {@code POST /api/v1/migrations/{id}/runs} does.
 *
 * @param runId always null: the runner chooses it
 * @param idempotencyKey a command with a key that was seen before starts nothing
 */
public record StartRun(String migrationId, @Nullable String runId, Instant at, String idempotencyKey)
        implements CommandEvent {}

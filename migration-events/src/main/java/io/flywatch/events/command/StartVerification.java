package io.flywatch.events.command;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compare a pipeline's source and target, as {@code POST /api/v1/pipelines/{id}/verifications} of the processor does.
 *
 * @param runId the run whose pipeline is meant; a command for another run is left out
 * @param verificationId chosen by whoever asks: the same id again starts nothing
 * @param tables {@code schema.table} at the source; empty for all tables of the pipeline
 * @param maxRowsPerSecond the most rows that are read at the source; null for the processor's setting
 * @param changedSince only rows that were applied to the target since then, for a last look after writes have stopped; null for all rows
 */
public record StartVerification(
        String migrationId,
        String runId,
        Instant at,
        String verificationId,
        List<String> tables,
        @Nullable Integer maxRowsPerSecond,
        @Nullable Instant changedSince)
        implements CommandEvent {
    public StartVerification {
        tables = List.copyOf(tables);
    }
}

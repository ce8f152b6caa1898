package io.flywatch.events.verification;

import java.time.Instant;
import java.util.List;

/**
 * A verification has ended.
 *
 * @param startedAt when its first row was read: what changed at the source's schema later is not covered
 * @param outcome what came out
 * @param reason the outcome in words, for a person
 * @param whole whether all tables of the pipeline were compared with all of their rows
 * @param rows rows of the source that were compared
 * @param missing rows that the target lacks
 * @param extra rows that the target has and the source has not
 * @param different rows that both have, with other values
 * @param unsettled rows that changed so often that no proof was possible; none of them was seen to be wrong
 * @param tables the same by table
 */
public record VerificationFinished(
        String migrationId,
        String runId,
        Instant at,
        String verificationId,
        Instant startedAt,
        Outcome outcome,
        String reason,
        boolean whole,
        long rows,
        long missing,
        long extra,
        long different,
        long unsettled,
        List<TableResult> tables)
        implements VerificationEvent {
    public VerificationFinished {
        tables = List.copyOf(tables);
    }

    /**
     * One table.
     *
     * @param source {@code schema.table} at the source
     * @param target its collection or table at the target
     */
    public record TableResult(
            String source, String target, long rows, long missing, long extra, long different, long unsettled) {}
}

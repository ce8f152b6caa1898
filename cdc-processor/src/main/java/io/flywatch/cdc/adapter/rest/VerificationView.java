package io.flywatch.cdc.adapter.rest;

import io.flywatch.cdc.VerificationStore.Kept;
import io.flywatch.cdc.verify.Order;
import io.flywatch.cdc.verify.Phase;
import io.flywatch.cdc.verify.Stage;
import io.flywatch.cdc.verify.TableState;
import io.flywatch.cdc.verify.Tally;
import io.flywatch.cdc.verify.Verification;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A verification. */
@Schema(description = "A comparison of source and target")
record VerificationView(
        String id,
        @Schema(description = "The pipeline's id") String migrationId,
        String runId,
        Stage stage,

        @Schema(description = "Why it is in that stage, for a person")
        String reason,

        @Schema(description = "Whether all tables of the pipeline are compared with all of their rows")
        boolean whole,

        @Schema(description = "Whether a table's columns have changed since: it says nothing of now")
        boolean outdated,

        Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,

        @Schema(description = "Rows of the source compared so far")
        long rows,

        @Schema(description = "Rows of the source, as its statistics have it; null while unknown") @Nullable
        Long expected,

        @Schema(description = "Rows that the target lacks") long missing,

        @Schema(description = "Rows that only the target has")
        long extra,

        @Schema(description = "Rows with other values") long different,

        @Schema(description = "Rows that changed so often that nothing could be proved of them")
        long unsettled,

        @Schema(description = "Rows that differed, were repaired and are equal since: of a repair alone")
        long repaired,

        @Schema(description = "What was ordered") Order order,
        List<TableView> tables) {

    static VerificationView of(Kept kept) {
        Verification verification = kept.verification();
        Tally sum = verification.tally();
        return new VerificationView(
                verification.id(),
                verification.migrationId(),
                verification.runId(),
                verification.stage(),
                verification.reason(),
                verification.whole(),
                kept.outdated(),
                verification.requestedAt(),
                verification.startedAt(),
                verification.finishedAt(),
                sum.rows(),
                expected(verification),
                sum.missing(),
                sum.extra(),
                sum.different(),
                sum.unsettled(),
                sum.repaired(),
                verification.order(),
                verification.tables().stream().map(TableView::of).toList());
    }

    private static @Nullable Long expected(Verification verification) {
        long sum = 0;
        for (TableState table : verification.tables()) {
            Long expected = table.expected();
            if (expected == null) {
                return null;
            }
            sum += expected;
        }
        return sum;
    }

    /** One of its tables. */
    @Schema(description = "A table's part of a verification")
    record TableView(
            String source,
            String target,
            Phase phase,
            long rows,
            @Nullable Long expected,
            long chunks,

            @Schema(description = "Chunks that had suspects when they were first read")
            long differingChunks,

            @Schema(description = "Rows that will be looked at again")
            int suspects,

            long missing,
            long extra,
            long different,
            long unsettled,
            long repaired,

            @Schema(description = "What a person should know of it")
            List<String> notes) {

        static TableView of(TableState table) {
            Tally tally = table.tally();
            return new TableView(
                    table.source(),
                    table.target(),
                    table.phase(),
                    tally.rows(),
                    table.expected(),
                    tally.chunks(),
                    tally.differing(),
                    table.suspects().size(),
                    tally.missing(),
                    tally.extra(),
                    tally.different(),
                    tally.unsettled(),
                    tally.repaired(),
                    table.notes());
        }
    }
}

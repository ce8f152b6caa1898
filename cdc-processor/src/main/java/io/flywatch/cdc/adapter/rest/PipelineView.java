package io.flywatch.cdc.adapter.rest;

import io.flywatch.cdc.PipelineStatus;
import io.flywatch.events.lag.LagSample;
import io.flywatch.events.lag.PipelineState;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A pipeline in short. */
@Schema(description = "A pipeline in short, by all replicas of the processor")
record PipelineView(
        @Schema(description = "The migration's id") String id,
        String runId,
        Instant at,
        PipelineState state,

        @Schema(description = "Why it is in that state, for a person")
        String reason,

        @Schema(description = "The configured name of the target's connection")
        String target,

        String targetDatabase,

        @Schema(description = "How often a change takes effect: exactly once where the target has transactions")
        String guarantee,

        @Schema(description = "End-to-end lag of the last second's oldest change; null if none was applied") @Nullable
        Double lagSeconds,

        @Schema(
                description =
                        "Now at the source less the source time up to which everything has been applied; null while unmeasured")
        @Nullable
        Double stalenessSeconds,

        @Schema(description = "Records that are not applied yet")
        long backlog,

        int tables,

        @Schema(description = "Records in the dead letters, parked ones included")
        long deadLetters) {

    static PipelineView of(PipelineStatus status) {
        LagSample sample = status.sample();
        return new PipelineView(
                sample.migrationId(),
                sample.runId(),
                sample.at(),
                sample.state(),
                sample.reason(),
                status.declared().targetConnection(),
                status.declared().targetDatabase(),
                status.guarantee().text(),
                sample.lagSeconds(),
                sample.stalenessSeconds(),
                sample.backlog(),
                sample.tables().size(),
                sample.deadLetters());
    }
}

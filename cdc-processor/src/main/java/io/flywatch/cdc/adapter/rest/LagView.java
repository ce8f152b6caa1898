package io.flywatch.cdc.adapter.rest;

import io.flywatch.cdc.PipelineStatus;
import io.flywatch.cdc.lag.Percentiles;
import io.flywatch.events.lag.LagSample;
import io.flywatch.events.lag.PipelineState;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Where the time goes. */
@Schema(
        description =
                "How far a pipeline's target is behind its source, and where the time goes. What is not measured is null.")
record LagView(
        String id,
        String runId,
        Instant at,
        PipelineState state,
        String reason,

        @Schema(
                description =
                        "Percentiles of the end-to-end lag of every change since streaming began, in this process")
        Percentiles.Summary lag,

        @Schema(description = "The last second's oldest change, end to end") @Nullable
        Double lagSeconds,

        @Schema(
                description =
                        "Where that change's time went, in its order. Never add up percentiles; these may be added.")
        List<Stage> stages,

        @Nullable Double stalenessSeconds,

        @Schema(description = "Since the newest heartbeat seen at the target was written at the source") @Nullable
        Double heartbeatAgeSeconds,

        @Schema(description = "The source's clock less ours") @Nullable
        Double clockSkewSeconds,

        @Schema(description = "Batches with a stage of negative length so far: two clocks disagree")
        long negativeStages,

        long backlog,
        double arrivingPerSecond,
        double appliedPerSecond,
        long errors,
        long deadLetters,
        long parkedKeys,
        int partitions,
        List<LagSample.TableLag> tables) {

    LagView {
        stages = List.copyOf(stages);
        tables = List.copyOf(tables);
    }

    /** One stage of the way. */
    record Stage(
            @Schema(description = "capture, transport or apply")
            String name,

            String from,
            String to,
            @Nullable Double seconds) {}

    static LagView of(PipelineStatus status) {
        LagSample sample = status.sample();
        LagSample.StageLag stages = sample.stages();
        return new LagView(
                sample.migrationId(),
                sample.runId(),
                sample.at(),
                sample.state(),
                sample.reason(),
                status.lag(),
                sample.lagSeconds(),
                List.of(
                        new Stage("capture", "commit at the source", "capture by the connector", stages.capture()),
                        new Stage(
                                "transport",
                                "capture by the connector",
                                "receipt by the processor",
                                stages.transport()),
                        new Stage("apply", "receipt by the processor", "commit at the target", stages.apply())),
                sample.stalenessSeconds(),
                status.heartbeatAgeSeconds(),
                sample.clockSkewSeconds(),
                status.negativeStages(),
                sample.backlog(),
                sample.arrivingPerSecond(),
                sample.appliedPerSecond(),
                sample.errors(),
                sample.deadLetters(),
                status.parkedKeys(),
                status.partitions(),
                sample.tables());
    }
}

package io.flywatch.cdc.adapter.rest;

import io.flywatch.cdc.PipelineStatus;
import io.flywatch.cdc.lag.Percentiles;
import io.flywatch.cdc.lag.RecentStages;
import io.flywatch.events.lag.LagSample;
import io.flywatch.events.lag.PipelineState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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

        @Schema(
                description =
                        "Percentiles of the last minute, of each stage and end to end; those of stages don't add up")
        RecentStages.Summary lastMinute,

        @Schema(description = "The last second's oldest change, end to end") @Nullable
        Double lagSeconds,

        @Schema(
                description =
                        "Where that change's time went, in its order. Never add up percentiles; these may be added.")
        List<Stage> stages,

        @Schema(description = "The stage that cost the most") @Nullable
        String slowestStage,

        @Schema(description = "The table that is furthest behind: by lag, else by what waits") @Nullable
        String slowestTable,

        @Nullable Double stalenessSeconds,

        @Schema(description = "Since the newest heartbeat seen at the target was written at the source") @Nullable
        Double heartbeatAgeSeconds,

        @Schema(description = "The source's clock less ours") @Nullable
        Double clockSkewSeconds,

        @Schema(description = "Batches with a stage of negative length so far: two clocks disagree")
        long negativeStages,

        @Schema(description = "Records that are not applied yet, counted from the applied position")
        long backlog,

        double arrivingPerSecond,
        double appliedPerSecond,

        @Schema(description = "In how many seconds the backlog is gone; null in it stands for never, at that pace")
        LagSample.@Nullable CatchUp catchUp,

        @Schema(description = "Time until a log throws away what is still needed")
        List<LagSample.Headroom> headroom,

        long errors,
        long deadLetters,
        long parkedKeys,
        int partitions,
        List<LagSample.TableLag> tables) {

    LagView {
        stages = List.copyOf(stages);
        headroom = List.copyOf(headroom);
        tables = List.copyOf(tables);
    }

    /** One stage of the way. */
    record Stage(
            @Schema(description = "capture, transport or apply")
            String name,

            String from,
            String to,
            @Nullable Double seconds,

            @Schema(description = "Of the whole way, 0 to 1; null if that is not measured or a clock disagrees")
            @Nullable
            Double share) {

        private static Stage of(String name, String from, String to, @Nullable Double seconds, @Nullable Double whole) {
            return new Stage(name, from, to, seconds, share(seconds, whole));
        }

        private static @Nullable Double share(@Nullable Double seconds, @Nullable Double whole) {
            if (seconds == null || whole == null || whole <= 0 || seconds < 0 || seconds > whole) {
                return null;
            }
            return seconds / whole;
        }
    }

    static LagView of(PipelineStatus status) {
        LagSample sample = status.sample();
        LagSample.Vitals vitals = status.vitals();
        List<Stage> stages = stages(sample);
        return new LagView(
                sample.migrationId(),
                sample.runId(),
                sample.at(),
                sample.state(),
                sample.reason(),
                status.lag(),
                status.recent(),
                sample.lagSeconds(),
                stages,
                slowest(stages),
                slowestTable(sample.tables()),
                sample.stalenessSeconds(),
                vitals.heartbeatAgeSeconds(),
                sample.clockSkewSeconds(),
                vitals.negativeStages(),
                sample.backlog(),
                sample.arrivingPerSecond(),
                sample.appliedPerSecond(),
                vitals.catchUp(),
                vitals.headroom(),
                sample.errors(),
                sample.deadLetters(),
                vitals.parkedKeys(),
                status.partitions(),
                sample.tables());
    }

    private static List<Stage> stages(LagSample sample) {
        LagSample.StageLag stages = sample.stages();
        Double whole = sample.lagSeconds();
        return List.of(
                Stage.of("capture", "commit at the source", "capture by the connector", stages.capture(), whole),
                Stage.of(
                        "transport", "capture by the connector", "receipt by the processor", stages.transport(), whole),
                Stage.of("apply", "receipt by the processor", "commit at the target", stages.apply(), whole));
    }

    private static @Nullable String slowest(List<Stage> stages) {
        Optional<Stage> slowest = stages.stream()
                .filter(stage -> stage.seconds() != null)
                .max(Comparator.comparingDouble(stage -> orNothing(stage.seconds())));
        return slowest.map(Stage::name).orElse(null);
    }

    /** Waiting records say more than the lag of the one that was applied last. */
    private static @Nullable String slowestTable(List<LagSample.TableLag> tables) {
        return tables.stream()
                .filter(table -> table.backlog() > 0 || table.lagSeconds() != null)
                .max(Comparator.comparingLong(LagSample.TableLag::backlog)
                        .thenComparingDouble(table -> orNothing(table.lagSeconds())))
                .map(LagSample.TableLag::source)
                .orElse(null);
    }

    private static double orNothing(@Nullable Double value) {
        return value == null ? 0 : value;
    }
}

package io.flywatch.cdc.adapter.rest;

import io.flywatch.cdc.PipelineStatus;
import io.flywatch.cdc.lag.Told;
import io.flywatch.cdc.lag.Whole;
import io.flywatch.events.lag.LagSample;
import io.flywatch.events.lag.PipelineState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Where the time goes. */
@Schema(
        description =
                "How far a pipeline's target is behind its source, and where the time goes, by all replicas of the processor: "
                        + "counts are added up, of times it is the worst. What is not measured is null.")
record LagView(
        String id,
        String runId,
        Instant at,
        PipelineState state,
        String reason,

        @Schema(
                description =
                        "The end-to-end lag of every change that the replicas have applied since they began: the worst of their percentiles, "
                                + "which the percentile of all changes is never above")
        LagSample.Spread lag,

        @Schema(
                description =
                        "The same of the last minute, of each stage and end to end; percentiles of stages don't add up")
        LagSample.Lately lastMinute,

        @Schema(description = "The slowest of the replicas' last second's oldest changes, end to end") @Nullable
        Double lagSeconds,

        @Schema(
                description =
                        "Where that change's time went, in its order. Never add up percentiles; these may be added.")
        List<Stage> stages,

        @Schema(description = "The stage that cost the most") @Nullable
        String slowestStage,

        @Schema(description = "The replica that applied that change") @Nullable
        String slowestReplica,

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

        @Schema(description = "How many partitions the replicas hold together, the heartbeat's too")
        int partitions,

        List<LagSample.TableLag> tables,

        @Schema(
                description =
                        "Partitions that no replica that speaks holds; null if that can't be told, as this one does not hear the others")
        @Nullable
        List<Whole.Unheld> unheld,

        @Schema(description = "Who holds what, and how long ago it said so; the one that answers comes first")
        List<ReplicaView> replicas) {

    LagView {
        stages = List.copyOf(stages);
        headroom = List.copyOf(headroom);
        tables = List.copyOf(tables);
        unheld = unheld == null ? null : List.copyOf(unheld);
        replicas = List.copyOf(replicas);
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
        LagSample.Vitals vitals = Objects.requireNonNull(sample.vitals());
        LagSample.Share share = Objects.requireNonNull(sample.share());
        List<Told> told = status.whole().replicas();
        List<Stage> stages = stages(sample);
        return new LagView(
                sample.migrationId(),
                sample.runId(),
                sample.at(),
                sample.state(),
                sample.reason(),
                share.changes(),
                share.lastMinute(),
                sample.lagSeconds(),
                stages,
                slowest(stages),
                status.whole().slowest(),
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
                share.holds().size(),
                sample.tables(),
                status.whole().unheld(),
                told.stream()
                        .map(each -> ReplicaView.of(each, each == told.getFirst()))
                        .toList());
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

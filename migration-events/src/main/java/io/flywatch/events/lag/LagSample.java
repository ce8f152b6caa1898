package io.flywatch.events.lag;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one replica of the processor knows of a pipeline, taken once a second. A replica speaks of the partitions it holds; who
 * wants the whole adds up the counts of the latest samples of all replicas and takes the worst of the times. What has not been
 * measured is null, never zero.
 *
 * @param replica the replica that speaks
 * @param state what the pipeline is doing
 * @param reason why it is in that state, for a person
 * @param lagSeconds end to end: the oldest change of the last second's batches, from its commit at the source to its commit at the
 *     target; null if no streamed change was applied in the last second
 * @param stalenessSeconds now at the source less the source time up to which everything has been applied; it grows while nothing
 *     arrives
 * @param clockSkewSeconds the source's clock less ours, measured at half the round trip
 * @param arrivingPerSecond records added to the pipeline's topics, lately
 * @param appliedPerSecond records applied, lately
 * @param backlog records in the topics that are not applied yet
 * @param errors records that could not be applied so far, retries of infrastructure not counted
 * @param deadLetters of these, how many are in the dead letters
 * @param stages where the time goes
 * @param tables the same by table
 * @param vitals what else an operator needs to know; null in samples of processors before 0.2
 * @param share what of the pipeline the replica has; null in samples of processors before 0.2
 */
public record LagSample(
        String migrationId,
        String runId,
        Instant at,
        String replica,
        PipelineState state,
        String reason,
        @Nullable Double lagSeconds,
        @Nullable Double stalenessSeconds,
        @Nullable Double clockSkewSeconds,
        double arrivingPerSecond,
        double appliedPerSecond,
        long backlog,
        long errors,
        long deadLetters,
        StageLag stages,
        List<TableLag> tables,
        @Nullable Vitals vitals,
        @Nullable Share share)
        implements LagEvent {
    public LagSample {
        tables = List.copyOf(tables);
    }

    /** A sample of a replica that does not tell what it has. */
    public LagSample(
            String migrationId,
            String runId,
            Instant at,
            String replica,
            PipelineState state,
            String reason,
            @Nullable Double lagSeconds,
            @Nullable Double stalenessSeconds,
            @Nullable Double clockSkewSeconds,
            double arrivingPerSecond,
            double appliedPerSecond,
            long backlog,
            long errors,
            long deadLetters,
            StageLag stages,
            List<TableLag> tables,
            @Nullable Vitals vitals) {
        this(
                migrationId,
                runId,
                at,
                replica,
                state,
                reason,
                lagSeconds,
                stalenessSeconds,
                clockSkewSeconds,
                arrivingPerSecond,
                appliedPerSecond,
                backlog,
                errors,
                deadLetters,
                stages,
                tables,
                vitals,
                null);
    }

    /**
     * What of the pipeline one replica has, and how long its changes took.
     *
     * @param holds its partitions, that of the heartbeat among them
     * @param changes end to end, of every streamed change that it has applied since it began
     * @param lastMinute of the last minute's, by stage
     */
    public record Share(List<Holding> holds, Spread changes, Lately lastMinute) {
        public Share {
            holds = List.copyOf(holds);
        }
    }

    /**
     * One partition.
     *
     * @param table {@code schema.table} at the source
     * @param partition of its topic, from 0
     * @param backlog records in it that are not applied yet
     */
    public record Holding(String table, int partition, long backlog) {}

    /**
     * How long changes took, in seconds; null while none was measured.
     *
     * @param count of changes measured
     */
    public record Spread(
            @Nullable Double p50Seconds,
            @Nullable Double p99Seconds,
            @Nullable Double maxSeconds,
            long count) {}

    /**
     * The same of each stage and of the whole way; percentiles of stages don't add up to that of the whole.
     *
     * @param capture commit at the source to capture by the connector
     * @param transport capture to receipt by the processor
     * @param apply receipt to commit at the target
     * @param endToEnd commit at the source to commit at the target
     */
    public record Lately(Spread capture, Spread transport, Spread apply, Spread endToEnd) {}

    /**
     * How safe the pipeline is, and how long it will take.
     *
     * @param heartbeatAgeSeconds since the newest heartbeat that was seen at the target was written; null without one
     * @param headroom time to data loss, by log
     * @param catchUp when the backlog is gone; null if nobody can say
     * @param parkedKeys keys whose changes wait behind a dead letter
     * @param negativeStages how often a stage took less than no time so far, because clocks disagree
     */
    public record Vitals(
            @Nullable Double heartbeatAgeSeconds,
            List<Headroom> headroom,
            @Nullable CatchUp catchUp,
            long parkedKeys,
            long negativeStages) {
        public Vitals {
            headroom = List.copyOf(headroom);
        }
    }

    /**
     * How long until a log throws away what has not been read or applied yet.
     *
     * @param resource {@code source_log} (WAL, binlog, oplog) or {@code kafka}
     * @param seconds the time; null if it is unlimited or not measured
     * @param unlimited whether the log keeps everything
     * @param reason what it rests on, for a person
     */
    public record Headroom(String resource, @Nullable Double seconds, boolean unlimited, String reason) {}

    /**
     * In how many seconds the backlog is gone; null stands for never, at that pace.
     *
     * @param lowSeconds at the best of the recent paces
     * @param likelySeconds at their mean
     * @param highSeconds at the worst of them
     */
    public record CatchUp(
            @Nullable Double lowSeconds,
            @Nullable Double likelySeconds,
            @Nullable Double highSeconds) {}

    /**
     * Where the time of the oldest change of the last second went, in seconds.
     *
     * @param capture commit at the source to capture by the connector
     * @param transport capture to receipt by the processor
     * @param apply receipt to commit at the target
     */
    public record StageLag(
            @Nullable Double capture,
            @Nullable Double transport,
            @Nullable Double apply) {}

    /**
     * One table of the pipeline.
     *
     * @param source {@code schema.table} at the source
     * @param target its collection or table at the target
     * @param snapshotRows rows of the snapshot applied in this run
     * @param streamedRows changes applied in this run after the snapshot
     * @param rowsPerSecond both together, lately
     * @param lagSeconds as above, of this table
     * @param backlog records in its topic that are not applied yet
     * @param held how many partitions of its topic this replica holds; null in samples of processors before 0.2
     * @param partitions how many its topic has; null before there is one, and in samples of processors before 0.2
     */
    public record TableLag(
            String source,
            String target,
            long snapshotRows,
            long streamedRows,
            double rowsPerSecond,
            @Nullable Double lagSeconds,
            long backlog,
            @Nullable Integer held,
            @Nullable Integer partitions) {}
}

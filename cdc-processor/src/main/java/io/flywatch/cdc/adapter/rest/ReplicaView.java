package io.flywatch.cdc.adapter.rest;

import io.flywatch.cdc.lag.Told;
import io.flywatch.events.lag.LagSample;
import io.flywatch.events.lag.PipelineState;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One replica of the processor, as it spoke last. */
record ReplicaView(
        String replica,

        @Schema(description = "Whether it is the one that answers")
        boolean answers,

        @Schema(description = "How long ago it said all this")
        double ageSeconds,

        @Schema(
                description =
                        "It has said nothing for ten seconds: what it says of itself is told, and counted nowhere; forgotten after ten minutes")
        boolean silent,

        PipelineState state,
        String reason,

        @Schema(description = "Its slowest change of that second, end to end") @Nullable
        Double lagSeconds,

        @Nullable Double stalenessSeconds,

        @Schema(description = "The partitions that it holds, the heartbeat's too; null for processors before 0.2")
        @Nullable
        List<LagSample.Holding> holds,

        @Schema(description = "Percentiles of its own changes of the last minute, by stage")
        LagSample.@Nullable Lately lastMinute) {

    ReplicaView {
        holds = holds == null ? null : List.copyOf(holds);
    }

    static ReplicaView of(Told told, boolean answers) {
        LagSample sample = told.sample();
        LagSample.Share share = sample.share();
        return new ReplicaView(
                sample.replica(),
                answers,
                told.age().toMillis() / 1e3,
                told.isSilent(),
                sample.state(),
                sample.reason(),
                sample.lagSeconds(),
                sample.stalenessSeconds(),
                share == null ? null : share.holds(),
                share == null ? null : share.lastMinute());
    }
}

package io.flywatch.cdc;

import io.flywatch.cdc.apply.Guarantee;
import io.flywatch.cdc.lag.Percentiles;
import io.flywatch.events.lag.LagSample;
import io.flywatch.events.pipeline.PipelineDeclared;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline as this replica sees it.
 *
 * @param sample what was sampled last
 * @param lag of every change since streaming began
 * @param heartbeatAgeSeconds since the newest heartbeat at the target was written; null without one
 * @param parkedKeys keys whose changes wait behind a dead letter
 * @param negativeStages how often a stage took less than no time, because clocks disagree
 * @param partitions how many partitions this replica holds
 */
public record PipelineStatus(
        PipelineDeclared declared,
        LagSample sample,
        Percentiles.Summary lag,
        Guarantee guarantee,
        @Nullable Double heartbeatAgeSeconds,
        long parkedKeys,
        long negativeStages,
        int partitions) {}

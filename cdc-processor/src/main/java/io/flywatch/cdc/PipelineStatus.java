package io.flywatch.cdc;

import io.flywatch.cdc.apply.Guarantee;
import io.flywatch.cdc.lag.Percentiles;
import io.flywatch.cdc.lag.RecentStages;
import io.flywatch.events.lag.LagSample;
import io.flywatch.events.pipeline.PipelineDeclared;

/**
 * A pipeline as this replica sees it.
 *
 * @param sample what was sampled last
 * @param lag of every change since streaming began
 * @param recent of the last minute, by stage
 * @param vitals headroom, heartbeat's age and when the backlog is gone
 * @param partitions how many partitions this replica holds
 */
public record PipelineStatus(
        PipelineDeclared declared,
        LagSample sample,
        Percentiles.Summary lag,
        RecentStages.Summary recent,
        Guarantee guarantee,
        LagSample.Vitals vitals,
        int partitions) {}

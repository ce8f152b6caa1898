package io.flywatch.cdc;

import io.flywatch.cdc.apply.Guarantee;
import io.flywatch.cdc.lag.Whole;
import io.flywatch.events.lag.LagSample;
import io.flywatch.events.pipeline.PipelineDeclared;

/**
 * A pipeline as it is, by whichever replica holds what of it.
 *
 * @param whole what all replicas tell of it together
 */
public record PipelineStatus(PipelineDeclared declared, Whole whole, Guarantee guarantee) {

    /** Of all replicas in one. */
    public LagSample sample() {
        return whole.sample();
    }
}

package io.flywatch.cdc.lag;

import io.flywatch.cdc.change.Stamps;
import io.flywatch.events.lag.LagSample.Spread;
import java.util.List;
import org.HdrHistogram.ConcurrentHistogram;

/** The end-to-end lag of every streamed change since streaming began, to three digits. */
public final class Percentiles {
    private final ConcurrentHistogram micros = new ConcurrentHistogram(3);

    /**
     * More changes, which were applied at once; a negative lag is a matter of clocks and is counted elsewhere.
     *
     * @param applied in microseconds since 1970
     */
    public void add(List<Stamps> changes, long applied) {
        for (Stamps change : changes) {
            if (change.committed() != Stamps.UNKNOWN && change.committed() <= applied) {
                micros.recordValue(applied - change.committed());
            }
        }
    }

    /** What it comes to so far. */
    public Spread summary() {
        long count = micros.getTotalCount();
        return count == 0
                ? new Spread(null, null, null, 0)
                : new Spread(seconds(50), seconds(99), micros.getMaxValue() / 1e6, count);
    }

    private double seconds(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1e6;
    }
}

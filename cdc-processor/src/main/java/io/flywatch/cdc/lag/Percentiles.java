package io.flywatch.cdc.lag;

import io.flywatch.cdc.change.Stamps;
import java.util.List;
import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;

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
    public Summary summary() {
        long count = micros.getTotalCount();
        return count == 0
                ? new Summary(null, null, null, 0)
                : new Summary(seconds(50), seconds(99), micros.getMaxValue() / 1e6, count);
    }

    private double seconds(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1e6;
    }

    /**
     * Percentiles in seconds; null as long as there is nothing to measure.
     *
     * @param count of changes measured
     */
    public record Summary(
            @Nullable Double p50Seconds,
            @Nullable Double p99Seconds,
            @Nullable Double maxSeconds,
            long count) {}
}

package io.flywatch.cdc.lag;

import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;

/** The end-to-end lag of every streamed change since streaming began, to three digits. */
public final class Percentiles {
    private final ConcurrentHistogram micros = new ConcurrentHistogram(3);

    /** One more change; a negative lag is a matter of clocks and is counted elsewhere. */
    public void add(long lagMicros) {
        if (lagMicros >= 0) {
            micros.recordValue(lagMicros);
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

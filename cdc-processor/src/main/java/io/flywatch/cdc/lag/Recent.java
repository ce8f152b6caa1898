package io.flywatch.cdc.lag;

import java.util.ArrayDeque;
import java.util.Deque;
import org.HdrHistogram.Histogram;

/** Percentiles of the last minute, to three digits: they forget, as an operator who has mended something wants to see it. */
public final class Recent {
    private static final long SPAN_MICROS = 10_000_000;
    private static final int SPANS = 6;
    private static final double MEDIAN = 50;
    private static final double MOST = 99;

    private final Deque<Span> spans = new ArrayDeque<>();

    private record Span(long number, Histogram micros) {}

    /**
     * One more change; a negative length is a matter of clocks and is counted elsewhere.
     *
     * @param lengthMicros what it took
     * @param nowMicros since 1970
     */
    public synchronized void add(long lengthMicros, long nowMicros) {
        if (lengthMicros < 0) {
            return;
        }
        long number = nowMicros / SPAN_MICROS;
        if (spans.isEmpty() || spans.getLast().number() != number) {
            spans.addLast(new Span(number, new Histogram(3)));
        }
        spans.getLast().micros().recordValue(lengthMicros);
        forget(number);
    }

    private void forget(long number) {
        while (!spans.isEmpty() && spans.getFirst().number() <= number - SPANS) {
            spans.removeFirst();
        }
    }

    /** What the last minute comes to. */
    public synchronized Percentiles.Summary summary(long nowMicros) {
        forget(nowMicros / SPAN_MICROS);
        Histogram all = new Histogram(3);
        spans.forEach(span -> all.add(span.micros()));
        return all.getTotalCount() == 0
                ? new Percentiles.Summary(null, null, null, 0)
                : new Percentiles.Summary(
                        all.getValueAtPercentile(MEDIAN) / 1e6,
                        all.getValueAtPercentile(MOST) / 1e6,
                        all.getMaxValue() / 1e6,
                        all.getTotalCount());
    }
}

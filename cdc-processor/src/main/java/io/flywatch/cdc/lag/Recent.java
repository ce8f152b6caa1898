package io.flywatch.cdc.lag;

import io.flywatch.cdc.change.Stamps;
import io.flywatch.events.lag.LagSample;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.ToLongFunction;
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
     * Lengths that came to be known at once; a negative one is a matter of clocks and is counted elsewhere.
     *
     * @param of what each change took, in microseconds; {@link Stamps#UNKNOWN} if that is not known
     * @param nowMicros since 1970
     */
    public synchronized void add(List<Stamps> changes, ToLongFunction<Stamps> of, long nowMicros) {
        Histogram micros = micros(nowMicros / SPAN_MICROS);
        for (Stamps change : changes) {
            long length = of.applyAsLong(change);
            if (length >= 0) {
                micros.recordValue(length);
            }
        }
    }

    private Histogram micros(long number) {
        if (spans.isEmpty() || spans.getLast().number() != number) {
            spans.addLast(new Span(number, new Histogram(3)));
        }
        forget(number);
        return spans.getLast().micros();
    }

    private void forget(long number) {
        while (!spans.isEmpty() && spans.getFirst().number() <= number - SPANS) {
            spans.removeFirst();
        }
    }

    /** What the last minute comes to. */
    public synchronized LagSample.Spread summary(long nowMicros) {
        forget(nowMicros / SPAN_MICROS);
        Histogram all = new Histogram(3);
        spans.forEach(span -> all.add(span.micros()));
        return all.getTotalCount() == 0
                ? new LagSample.Spread(null, null, null, 0)
                : new LagSample.Spread(
                        all.getValueAtPercentile(MEDIAN) / 1e6,
                        all.getValueAtPercentile(MOST) / 1e6,
                        all.getMaxValue() / 1e6,
                        all.getTotalCount());
    }
}

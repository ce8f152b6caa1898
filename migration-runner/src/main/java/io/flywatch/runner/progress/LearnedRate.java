package io.flywatch.runner.progress;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/**
 * What a run usually reaches: the median of its rates of the last five minutes, known after fifteen of them. A median is not drawn
 * down by a slump that is shorter than half of its window, so a slump can be told from what is usual.
 */
public final class LearnedRate {
    private static final int LEAST = 15;
    private static final int MOST = 300;

    private final Deque<Double> rates = new ArrayDeque<>();

    /** Takes note of one second's rate. */
    public void add(double perSecond) {
        rates.addLast(perSecond);
        if (rates.size() > MOST) {
            rates.removeFirst();
        }
    }

    /** The usual rate, if enough was seen. */
    public OptionalDouble get() {
        if (rates.size() < LEAST) {
            return OptionalDouble.empty();
        }
        double[] sorted = rates.stream().mapToDouble(it -> it).sorted().toArray();
        double median = sorted[sorted.length / 2];
        return median > 0 ? OptionalDouble.of(median) : OptionalDouble.empty();
    }
}

package io.flywatch.cdc.lag;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Foretells when a backlog is gone, from the spread of the recent paces. */
public final class Outlook {
    private static final int PACES = 30;
    private static final double OUTER = 0.1;

    private final Deque<Double> gains = new ArrayDeque<>();

    /** What a second brought, and what of the backlog it took. */
    public void add(double arrivingPerSecond, double appliedPerSecond) {
        gains.addLast(appliedPerSecond - arrivingPerSecond);
        if (gains.size() > PACES) {
            gains.removeFirst();
        }
    }

    /** When this backlog is gone; null before any pace is known. */
    public @Nullable CatchUp of(long backlog) {
        if (backlog <= 0) {
            return CatchUp.DONE;
        }
        if (gains.isEmpty()) {
            return null;
        }
        double[] sorted =
                gains.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int outer = (int) Math.floor(sorted.length * OUTER);
        double mean = gains.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        return new CatchUp(
                in(backlog, Math.max(mean, sorted[sorted.length - 1 - outer])),
                in(backlog, mean),
                in(backlog, Math.min(mean, sorted[outer])));
    }

    private static @Nullable Double in(long backlog, double gain) {
        return gain <= 0 ? null : Double.valueOf(backlog / gain);
    }
}

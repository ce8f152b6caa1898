package io.flywatch.cdc.lag;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The fastest that a total grew lately. Headroom counts with the fastest, as the next rush is what data is lost in. */
public final class Pace {
    private static final double WINDOW_SECONDS = 600;

    private final Deque<Slope> slopes = new ArrayDeque<>();
    private @Nullable Long total;
    private double at;

    /** One more look at the total. A total that fell begins anew. */
    public void add(long now, double atSeconds) {
        Long before = total;
        if (before != null && atSeconds > at && now >= before) {
            slopes.addLast(new Slope((now - before) / (atSeconds - at), atSeconds));
        }
        total = now;
        at = atSeconds;
        while (!slopes.isEmpty() && slopes.getFirst().at < atSeconds - WINDOW_SECONDS) {
            slopes.removeFirst();
        }
    }

    /** Growth per second in the fastest stretch between two looks of the last ten minutes; null before the second look. */
    public @Nullable Double fastest() {
        return slopes.isEmpty()
                ? null
                : Double.valueOf(
                        slopes.stream().mapToDouble(Slope::perSecond).max().orElse(0));
    }

    private record Slope(double perSecond, double at) {}
}

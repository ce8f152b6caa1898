package io.flywatch.cdc.lag;

import java.util.ArrayDeque;
import java.util.Deque;

/** Growth of a total per second, over the last few seconds. */
public final class Rate {
    private static final double WINDOW_SECONDS = 5;

    private final Deque<Point> points = new ArrayDeque<>();

    /** The total at a time, and the rate that follows; 0 until there are two points. A total that fell begins anew. */
    public double of(long total, double atSeconds) {
        if (!points.isEmpty() && total < points.getLast().total) {
            points.clear();
        }
        points.addLast(new Point(total, atSeconds));
        while (points.size() > 2 && points.getFirst().at < atSeconds - WINDOW_SECONDS) {
            points.removeFirst();
        }
        Point first = points.getFirst();
        double seconds = atSeconds - first.at;
        return seconds <= 0 ? 0 : (total - first.total) / seconds;
    }

    private record Point(long total, double at) {}
}

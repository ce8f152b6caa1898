package io.flywatch.runner.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A growing count over the last while: how fast it grows, and between which bounds that varied. */
public final class RateWindow {
    private static final Duration RECENT = Duration.ofSeconds(10);
    private static final Duration SLICE = Duration.ofSeconds(5);

    private final Duration length;
    private final Deque<Point> points = new ArrayDeque<>();

    public RateWindow(Duration length) {
        this.length = length;
    }

    private record Point(Instant at, long count) {}

    /**
     * Takes note of the count. A clock that went back or a count that shrank begins a new window: neither tells a rate.
     */
    public void add(Instant at, long count) {
        Point last = points.peekLast();
        if (last != null && (!at.isAfter(last.at) || count < last.count)) {
            points.clear();
        }
        // Waiting for the first row is no part of the rate at which rows come.
        if (count == 0) {
            points.clear();
        }
        points.addLast(new Point(at, count));
        while (points.size() > 2 && points.getFirst().at.isBefore(at.minus(length))) {
            points.removeFirst();
        }
    }

    /** Over the last ten seconds; 0 until there are two counts. */
    public double perSecond() {
        Point last = points.peekLast();
        if (last == null) {
            return 0;
        }
        Point first = points.stream()
                .filter(it -> !it.at.isBefore(last.at.minus(RECENT)))
                .findFirst()
                .orElse(last);
        return rate(first, last);
    }

    /** The rates of consecutive slices of the whole window. */
    public List<Double> slices() {
        List<Double> rates = new ArrayList<>();
        Point start = points.peekFirst();
        for (Point point : points) {
            if (start != null && !point.at.isBefore(start.at.plus(SLICE))) {
                rates.add(rate(start, point));
                start = point;
            }
        }
        return rates;
    }

    private static double rate(Point from, Point to) {
        double seconds = Duration.between(from.at, to.at).toNanos() / 1e9;
        return seconds <= 0 ? 0 : (to.count - from.count) / seconds;
    }
}

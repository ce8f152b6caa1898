package io.flywatch.anomaly.series;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The points of one series over the last while. Points that are not finite or not newer than the last one are not taken. */
public final class Window {

    private final Duration length;
    private final ArrayDeque<Point> points = new ArrayDeque<>();
    /** The values in order, kept up from the first time that somebody asks for a middle. */
    private @Nullable Ordered ordered;

    /** An empty window that holds points of at most this age. */
    public Window(Duration length) {
        this.length = length;
    }

    /** Takes a point and lets go of those that have grown too old; false if it was not taken. */
    public boolean add(Instant at, double value) {
        if (!Double.isFinite(value)
                || (!points.isEmpty() && !at.isAfter(points.getLast().at()))) {
            return false;
        }
        points.addLast(new Point(at, value));
        if (ordered != null) {
            ordered.add(value);
        }
        Instant oldest = at.minus(length);
        // The newest of the points before the window stays: it is the value that the window began with.
        while (points.size() > 1 && !second().at().isAfter(oldest)) {
            double gone = points.removeFirst().value();
            if (ordered != null) {
                ordered.remove(gone);
            }
        }
        return true;
    }

    private Point second() {
        var iterator = points.iterator();
        iterator.next();
        return iterator.next();
    }

    /** How many points there are. */
    public int size() {
        return points.size();
    }

    /** Forgets all points. */
    public void clear() {
        points.clear();
        ordered = null;
    }

    /** The newest value. */
    public OptionalDouble last() {
        return points.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(points.getLast().value());
    }

    /** The value that held at a time: that of the newest point not after it. Empty if the window does not reach back so far. */
    public OptionalDouble at(Instant time) {
        var newestFirst = points.descendingIterator();
        while (newestFirst.hasNext()) {
            Point point = newestFirst.next();
            if (!point.at().isAfter(time)) {
                return OptionalDouble.of(point.value());
            }
        }
        return OptionalDouble.empty();
    }

    /** The mean of the points since a time. */
    public OptionalDouble meanSince(Instant time) {
        return points.stream()
                .filter(point -> !point.at().isBefore(time))
                .mapToDouble(Point::value)
                .average();
    }

    /** The middle of all points, a level that short outbursts don't move. */
    public OptionalDouble median() {
        return quantile(0.5);
    }

    /** The value that this share of the points does not exceed, 0 to 1. */
    public OptionalDouble quantile(double share) {
        if (points.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (ordered == null) {
            ordered = new Ordered(points);
        }
        int size = points.size();
        return OptionalDouble.of(ordered.get((int) Math.min(size - 1, Math.floor(share * size))));
    }

    private record Point(Instant at, double value) {}

    /** Values in order. Each point asks for a middle, and to sort a few minutes of points each time costs more than all else. */
    private static final class Ordered {
        private double[] values;
        private int size;

        Ordered(Collection<Point> points) {
            values = points.stream().mapToDouble(Point::value).sorted().toArray();
            size = values.length;
        }

        double get(int at) {
            return values[at];
        }

        void add(double value) {
            int found = Arrays.binarySearch(values, 0, size, value);
            int at = found < 0 ? -found - 1 : found;
            if (size == values.length) {
                values = Arrays.copyOf(values, Math.max(16, 2 * size));
            }
            System.arraycopy(values, at, values, at + 1, size - at);
            values[at] = value;
            size++;
        }

        void remove(double value) {
            int at = Arrays.binarySearch(values, 0, size, value);
            size--;
            System.arraycopy(values, at + 1, values, at, size - at);
        }
    }
}

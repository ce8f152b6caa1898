package io.flywatch.runner.replication;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How stale a target was over the last while, as its processors said. */
public final class StalenessLog {
    private static final Duration MEMORY = Duration.ofHours(1);
    private static final Duration GAP = Duration.ofSeconds(15);

    private final List<Point> points;

    private StalenessLog(List<Point> points) {
        this.points = points;
    }

    /**
     * What was said at one moment.
     *
     * @param seconds null if it was not measured
     */
    public record Point(Instant at, @Nullable Double seconds) {}

    /** Nothing was said. */
    public static StalenessLog empty() {
        return new StalenessLog(List.of());
    }

    /** The same and one more; what is too old, or was said by a clock that went back, is forgotten. */
    public StalenessLog plus(Point point) {
        List<Point> next = new ArrayList<>(points.size() + 1);
        for (Point it : points) {
            if (it.at.isAfter(point.at.minus(MEMORY)) && !it.at.isAfter(point.at)) {
                next.add(it);
            }
        }
        next.add(point);
        return new StalenessLog(next);
    }

    /** How long, up to now, it was measured without a gap and no more than that. */
    public Duration heldFor(Duration most, Instant now) {
        Instant since = now;
        for (Point it : points.reversed()) {
            boolean holds = it.seconds != null && it.seconds <= most.toMillis() / 1e3;
            if (!holds || Duration.between(it.at, since).compareTo(GAP) > 0) {
                break;
            }
            since = it.at.isBefore(since) ? it.at : since;
        }
        return Duration.between(since, now);
    }
}

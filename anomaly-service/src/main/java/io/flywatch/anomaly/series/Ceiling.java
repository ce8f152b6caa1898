package io.flywatch.anomaly.series;

import java.time.Duration;
import java.time.Instant;

/**
 * How high a series that should be near nothing has been of late, and how much higher it would be news: twice the level that 95 % of
 * the points stayed under, and at least a floor; thrice the floor before sixty points are known. Of what is beyond half of it only that half is taken in, so that trouble does not become usual
 * while it lasts.
 */
public final class Ceiling {

    private static final double SHARE = 0.95;
    private static final double TIMES = 2;
    private static final int KNOWN = 60;
    private static final double WHILE_UNKNOWN = 3;

    private final Window calm;
    private final double floor;
    private double limit;

    /**
     * A ceiling over nothing.
     *
     * @param memory how far it looks back
     * @param floor it is never lower
     */
    public Ceiling(Duration memory, double floor) {
        this.calm = new Window(memory);
        this.floor = floor;
        this.limit = floor;
    }

    /** Takes a point; answers the ceiling that it is to be held against. */
    public double add(Instant at, double value) {
        double before = calm.size() < KNOWN ? WHILE_UNKNOWN * floor : limit;
        if (calm.add(at, Math.min(value, before / TIMES))) {
            limit = Math.max(floor, TIMES * calm.quantile(SHARE).orElse(0));
        }
        return before;
    }

    /** Forgets what was usual. */
    public void clear() {
        calm.clear();
        limit = floor;
    }
}

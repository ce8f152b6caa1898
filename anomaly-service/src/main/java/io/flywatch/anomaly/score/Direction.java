package io.flywatch.anomaly.score;

/** Which way out of its range is bad for a series. */
public enum Direction {
    /** High is bad: lag, errors. */
    UP,
    /** Low is bad: throughput, headroom. */
    DOWN,
    /** Either is. */
    BOTH;

    boolean minds(boolean upwards) {
        return switch (this) {
            case UP -> upwards;
            case DOWN -> !upwards;
            case BOTH -> true;
        };
    }
}

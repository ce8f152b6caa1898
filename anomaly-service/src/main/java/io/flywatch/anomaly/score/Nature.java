package io.flywatch.anomaly.score;

/**
 * What is known of a series before its first point.
 *
 * @param direction which way is bad
 * @param minWidth changes smaller than this, in the series' unit, never matter
 * @param minShare changes smaller than this share of the level never matter, 0 to 1
 */
public record Nature(Direction direction, double minWidth, double minShare) {

    /** Nothing is known: both ways are bad, and only a change of a thousandth is too small to matter. */
    public static final Nature UNKNOWN = new Nature(Direction.BOTH, 0, 0.001);

    public Nature {
        if (!(minWidth >= 0) || !(minShare >= 0)) {
            throw new IllegalArgumentException(
                    "minWidth and minShare must not be negative: " + minWidth + ", " + minShare);
        }
    }

    /** The least width that counts at a level. */
    double least(double level) {
        return Math.max(minWidth, minShare * Math.abs(level));
    }
}

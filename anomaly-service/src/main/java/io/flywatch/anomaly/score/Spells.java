package io.flywatch.anomaly.score;

/**
 * Spells of one series out of its range. One begins with a score at the threshold or with a
 * plain spike, and holds on to the band of that moment, as what is
 * expected follows a lasting change: it ends when the value has been within that band for a dozen points, or after 300 points, when the
 * change has to be taken for the new normal.
 */
public final class Spells {

    private static final int CALM_AGAIN = 12;
    private static final int ACCEPTED = 300;

    private final Direction direction;
    private final Sensitivity sensitivity;
    private int count;
    private int length;
    private int calm = CALM_AGAIN;
    private double lower;
    private double upper;

    /** No spell yet, and either way out of range is bad. */
    public Spells(Sensitivity sensitivity) {
        this(Direction.BOTH, sensitivity);
    }

    /** No spell yet. */
    public Spells(Direction direction, Sensitivity sensitivity) {
        this.direction = direction;
        this.sensitivity = sensitivity;
    }

    /** The number of the spell that a point is part of, from 1; 0 if it is of none. */
    public int on(Reading reading, double value) {
        if (calm >= CALM_AGAIN) {
            return isOdd(reading) ? begin(reading) : 0;
        }
        length++;
        boolean out = direction.minds(true) && value > upper || direction.minds(false) && value < lower;
        calm = length >= ACCEPTED ? CALM_AGAIN : out ? 0 : calm + 1;
        return calm < CALM_AGAIN ? count : 0;
    }

    private boolean isOdd(Reading reading) {
        return reading.score() >= sensitivity.threshold() || reading.spike() >= sensitivity.spike();
    }

    private int begin(Reading reading) {
        count++;
        length = 0;
        calm = 0;
        lower = reading.lower();
        upper = reading.upper();
        return count;
    }
}

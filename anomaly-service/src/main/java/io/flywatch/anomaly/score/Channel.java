package io.flywatch.anomaly.score;

/** What of a series is compared with its recent past. */
public enum Channel {
    /** The value less the median of the 65 points before: a spike. */
    RESIDUAL(65, "off its recent median"),
    /** The median of 9 values, each less its hour's profile: a lasting departure from the day's course. */
    DAY(9, "off the hour's usual course"),
    /** The median of 48 points: a new level. */
    MEDIAN(48, "a new level"),
    /** The median of 97 points: a new level that lasts. */
    LONG_MEDIAN(97, "a new level that lasts"),
    /** The mean of 96 points: more of it, even if in bursts. */
    MEAN(96, "a new mean"),
    /** The value less that of 48 points ago: a change that took a while. */
    CHANGE(48, "changed over a while");

    private final int points;
    private final String words;

    Channel(int points, String words) {
        this.points = points;
        this.words = words;
    }

    /** Of how many points its measure is made. */
    int points() {
        return points;
    }

    /** How many points its measure evens out. */
    int averaged() {
        return switch (this) {
            case RESIDUAL, CHANGE -> 1;
            case DAY, MEDIAN, LONG_MEDIAN, MEAN -> points;
        };
    }

    /** In a few words, for a person. */
    public String words() {
        return words;
    }
}

package io.flywatch.anomaly.score;

/** The door of a series: lets points through that can be scored, and says why others can't be. */
public final class Intake {

    /** What becomes of a point. */
    public enum Verdict {
        /** It is to be scored. */
        TAKEN,
        /** It is no number, or infinite. */
        NOT_FINITE,
        /** There is a point of that time already. */
        DUPLICATE,
        /** It is older than the newest point. */
        BACKWARDS
    }

    private long newest = Long.MIN_VALUE;

    /** Judges a point. One that is taken becomes the newest. */
    public Verdict judge(long atMillis, double value) {
        if (!Double.isFinite(value)) {
            return Verdict.NOT_FINITE;
        }
        if (atMillis == newest) {
            return Verdict.DUPLICATE;
        }
        if (atMillis < newest) {
            return Verdict.BACKWARDS;
        }
        newest = atMillis;
        return Verdict.TAKEN;
    }
}

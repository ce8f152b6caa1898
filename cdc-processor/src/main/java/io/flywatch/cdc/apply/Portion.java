package io.flywatch.cdc.apply;

/**
 * How many records one batch may have. All that were read, until a target can't write so many at once: then half of those, and after
 * some batches that went well twice as many again. One record is always let through.
 *
 * @param most records of a batch
 * @param written batches of this size that were written since it was last changed
 */
public record Portion(int most, int written) {
    /** As many as there are. */
    public static final Portion WHOLE = new Portion(Integer.MAX_VALUE, 0);

    /** An attempt that fails may take a minute: growing has to be rare. */
    private static final int BATCHES_BEFORE_MORE = 32;

    /** So many were too many. */
    public Portion tooMuch(int records) {
        return new Portion(Math.max(1, Math.min(most, records) / 2), 0);
    }

    /** A batch was written; {@code limit} is the most that any batch has. */
    public Portion written(int limit) {
        if (most == Integer.MAX_VALUE) {
            return this;
        }
        if (written + 1 < BATCHES_BEFORE_MORE) {
            return new Portion(most, written + 1);
        }
        return most >= limit / 2 ? WHOLE : new Portion(2 * most, 0);
    }
}

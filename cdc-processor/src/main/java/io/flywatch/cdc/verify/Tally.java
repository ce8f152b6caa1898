package io.flywatch.cdc.verify;

import java.util.List;

/**
 * What a table's verification has come to.
 *
 * @param rows of the source that were compared
 * @param chunks that were compared
 * @param differing chunks of these that had suspects
 * @param unsettled rows that changed so often that nothing could be proved of them
 * @param repaired rows that differed, were repaired, and were then found equal
 */
public record Tally(
        long rows,
        long chunks,
        long differing,
        long missing,
        long extra,
        long different,
        long unsettled,
        long repaired) {

    /** Nothing yet. */
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0, 0);

    Tally chunk(long more, boolean differs) {
        return new Tally(
                rows + more, chunks + 1, differing + (differs ? 1 : 0), missing, extra, different, unsettled, repaired);
    }

    private Tally mismatch(Kind kind) {
        return new Tally(
                rows,
                chunks,
                differing,
                missing + (kind == Kind.MISSING ? 1 : 0),
                extra + (kind == Kind.EXTRA ? 1 : 0),
                different + (kind == Kind.DIFFERENT ? 1 : 0),
                unsettled,
                repaired);
    }

    Tally mismatches(List<Mismatch> more) {
        Tally sum = this;
        for (Mismatch mismatch : more) {
            sum = sum.mismatch(mismatch.kind());
        }
        return sum;
    }

    Tally unsettled(int more) {
        return new Tally(rows, chunks, differing, missing, extra, different, unsettled + more, repaired);
    }

    Tally repaired(int more) {
        return new Tally(rows, chunks, differing, missing, extra, different, unsettled, repaired + more);
    }

    /** Rows that are proved to differ. */
    public long mismatches() {
        return missing + extra + different;
    }

    /** Both together. */
    public Tally plus(Tally other) {
        return new Tally(
                rows + other.rows,
                chunks + other.chunks,
                differing + other.differing,
                missing + other.missing,
                extra + other.extra,
                different + other.different,
                unsettled + other.unsettled,
                repaired + other.repaired);
    }
}

package io.flywatch.cdc.position;

/**
 * What a partition has come to in a run.
 *
 * @param snapshotRows rows of the snapshot applied
 * @param streamedRows changes applied after the snapshot
 * @param errors records that could not be applied, parked ones included
 * @param deadLetters of these, how many are in the dead letters
 * @param stale changes left out, as they had been applied before
 */
public record Counts(long snapshotRows, long streamedRows, long errors, long deadLetters, long stale) {

    /** Nothing yet. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    /** Both together. */
    public Counts plus(Counts more) {
        return new Counts(
                snapshotRows + more.snapshotRows,
                streamedRows + more.streamedRows,
                errors + more.errors,
                deadLetters + more.deadLetters,
                stale + more.stale);
    }
}

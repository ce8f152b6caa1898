package io.flywatch.cdc.change;

import org.jspecify.annotations.Nullable;

/**
 * A change and where it comes from.
 *
 * @param position its place in the source's log; of a row that an incremental snapshot read, how far the log had been read then; null for
 *     rows of the initial snapshot, and if it can't be compared
 * @param lastOfSnapshot whether the connector marked it as the snapshot's last row
 * @param bytes the size of its payload
 */
public record Captured(
        Change change,
        Operation operation,
        @Nullable SourcePosition position,
        boolean lastOfSnapshot,
        Stamps stamps,
        int bytes) {

    /** Whether it is a row of a snapshot, and so no change. */
    public boolean isSnapshot() {
        return operation == Operation.SNAPSHOT;
    }
}

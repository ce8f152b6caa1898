package io.flywatch.cdc;

import io.flywatch.cdc.apply.Batch;

/** Something to be written to a partition's table by the partition's own writer, between two batches, so that nothing else writes meanwhile. */
interface LaneErrand {

    /** Does it, and tells whoever waits for it. */
    Attempt attempt(Lane lane, LaneState.Running running);

    /** It can't be done here. */
    void refuse(String reason);

    /** What an attempt did. */
    sealed interface Attempt {

        /** It is at the target. */
        record Applied(Batch batch) implements Attempt {}

        /** Nothing was written. */
        record Over() implements Attempt {}

        /** Another replica has the partition. */
        record Lost(String reason) implements Attempt {}
    }
}

package io.flywatch.cdc.position;

import io.flywatch.cdc.change.SourcePosition;
import org.jspecify.annotations.Nullable;

/**
 * How far a partition has been applied. It lives in the target and is written together with the rows.
 *
 * @param offset the next record to apply
 * @param runId the run that applied last
 * @param topicId Kafka's id of the topic, which a topic of the same name made anew does not share; empty if unknown
 * @param source the furthest place in the source's log that was applied, if places can be compared
 * @param sourceTime the newest commit time at the source that was applied, in microseconds since 1970
 * @param streaming whether a change after the snapshot was applied
 * @param counts what the run has come to
 */
public record Position(
        long offset,
        String runId,
        String topicId,
        @Nullable SourcePosition source,
        @Nullable Long sourceTime,
        boolean streaming,
        Counts counts) {

    /** Before the first record. */
    public static Position start(long offset, String runId, String topicId) {
        return new Position(offset, runId, topicId, null, null, false, Counts.NONE);
    }
}

package io.flywatch.cdc.lag;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is known beyond the flow itself, by which things that look alike are told apart.
 *
 * @param newestCommitAge since the newest change that was applied was committed at the source; null if none was
 * @param connected whether the connector reads the source's log, as the source says; null if it does not
 * @param decoding whether the source has been decoding a large transaction since the last look
 * @param beatAgeAtSource since the newest heartbeat was written at the source; null if it was not looked at
 * @param catchUp when the backlog is gone; null if nobody can say
 */
public record Evidence(
        @Nullable Duration newestCommitAge,
        @Nullable Boolean connected,
        boolean decoding,
        @Nullable Duration beatAgeAtSource,
        @Nullable CatchUp catchUp) {

    /** Nothing is known. */
    public static final Evidence NONE = new Evidence(null, null, false, null, null);
}

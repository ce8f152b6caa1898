package io.flywatch.cdc.lag;

import io.flywatch.cdc.apply.Guarantee;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a pipeline at a moment, on which its state rests.
 *
 * @param broken why it can't go on without a person; null if it can
 * @param away why the target can't be written to; null if it can
 * @param awayFor for how long it could not be written to
 * @param partitions how many partitions this replica holds
 * @param rowsApplied rows and changes applied in this run
 * @param streaming whether a change after the snapshot has been applied
 * @param snapshotBacklog whether rows of the snapshot still wait
 * @param backlog records that wait
 * @param arrivingPerSecond records that came, lately
 * @param appliedPerSecond records that were applied, lately
 * @param targetBusy share of the time that the busiest partition spent writing to the target, lately, 0 to 1
 * @param sinceChange since a change other than a heartbeat was applied; null if none was
 * @param heartbeats whether the source has a heartbeat
 * @param heartbeatAge since the newest heartbeat that arrived was written; null if none arrived
 * @param guarantee what the target promises
 * @param evidence what is known beyond the flow
 */
public record Situation(
        @Nullable String broken,
        @Nullable String away,
        Duration awayFor,
        int partitions,
        long rowsApplied,
        boolean streaming,
        boolean snapshotBacklog,
        long backlog,
        double arrivingPerSecond,
        double appliedPerSecond,
        double targetBusy,
        @Nullable Duration sinceChange,
        boolean heartbeats,
        @Nullable Duration heartbeatAge,
        Guarantee guarantee,
        Evidence evidence) {}

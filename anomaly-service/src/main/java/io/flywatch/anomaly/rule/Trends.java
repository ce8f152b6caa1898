package io.flywatch.anomaly.rule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a single sample can't tell: how the numbers of a migration went lately.
 *
 * @param movedAt when rows were last seen to move; at the earliest, the beginning of what is known
 * @param everMoved whether rows moved since the present regime began
 * @param waitingSince since when there are records to apply and none is applied; null if that is not so
 * @param errors records that failed within the error rule's window
 * @param records records that were tried within the same window, the failed among them
 * @param backlogGrowth by how many records the backlog grew lately; null if not known
 * @param lagFalling whether lag is less than it was a little while ago
 * @param lagSettled whether lag was under its limit since the present regime began
 * @param usualApplySeconds the apply stage's usual time; null if not known
 * @param usualArriving the usual arrivals per second; null if not known
 * @param heardRunner when the runner was last heard of, by our own clock; null if never
 * @param heardProcessor when the processor was last heard of, by our own clock; null if never
 * @param signs what causes are told by
 */
public record Trends(
        Instant movedAt,
        boolean everMoved,
        @Nullable Instant waitingSince,
        long errors,
        long records,
        @Nullable Double backlogGrowth,
        boolean lagFalling,
        boolean lagSettled,
        @Nullable Double usualApplySeconds,
        @Nullable Double usualArriving,
        @Nullable Instant heardRunner,
        @Nullable Instant heardProcessor,
        Signs signs) {}

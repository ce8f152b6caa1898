package io.flywatch.cdc;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Settlements that a lane's writer has not got to yet. */
final class LaneSettlements {
    private static final String NOT_OURS = "This replica does not hold the partition any longer.";

    private final Queue<LaneSettlement> waiting = new ConcurrentLinkedQueue<>();

    void add(LaneSettlement settlement) {
        waiting.add(settlement);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Refuses all, as the lane has ended. */
    void refuse() {
        for (LaneSettlement each = waiting.poll(); each != null; each = waiting.poll()) {
            each.refuse(NOT_OURS);
        }
    }

    /** Settles the next one; null if none waits. */
    LaneSettlement.@org.jspecify.annotations.Nullable Attempt next(Lane lane, LaneState.Running running) {
        LaneSettlement settlement = waiting.poll();
        if (settlement == null) {
            return null;
        }
        LaneSettlement.Attempt attempt = settlement.attempt(lane, running);
        switch (attempt) {
            case LaneSettlement.Attempt.Applied applied -> settlement.result().complete(applied.done());
            case LaneSettlement.Attempt.Over over -> settlement.result().complete(over.result());
            case LaneSettlement.Attempt.Lost lost -> settlement.refuse(lost.reason());
        }
        return attempt;
    }
}

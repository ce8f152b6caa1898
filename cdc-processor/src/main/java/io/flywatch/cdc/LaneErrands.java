package io.flywatch.cdc;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Errands that a lane's writer has not got to yet. */
final class LaneErrands {
    private static final String NOT_OURS = "This replica does not hold the partition any longer.";

    private final Queue<LaneErrand> waiting = new ConcurrentLinkedQueue<>();

    void add(LaneErrand errand) {
        waiting.add(errand);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Refuses all, as the lane has ended. */
    void refuse() {
        for (LaneErrand each = waiting.poll(); each != null; each = waiting.poll()) {
            each.refuse(NOT_OURS);
        }
    }

    /** Runs the next one; null if none waits. */
    LaneErrand.@Nullable Attempt next(Lane lane, LaneState.Running running) {
        LaneErrand errand = waiting.poll();
        return errand == null ? null : errand.attempt(lane, running);
    }
}

package io.flywatch.anomaly.detect;

import io.flywatch.anomaly.rule.Phase;
import io.flywatch.anomaly.series.LagView;
import io.flywatch.events.progress.ProgressSample;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether rows move, and since when they don't. */
final class Movement {

    private @Nullable Instant movedAt;
    private @Nullable Instant waitingSince;
    private boolean everMoved;
    private long rowsDone = -1;
    private long rowsApplied = -1;

    /** A new regime counts as movement: the clock of standing still starts anew. */
    void regimeBegan(Instant at) {
        movedAt = at;
        waitingSince = null;
        everMoved = false;
    }

    void on(ProgressSample sample, Phase phase) {
        if (sample.rowsDone() != rowsDone && phase == Phase.WORKING) {
            moved(sample.at(), rowsDone >= 0);
        }
        rowsDone = sample.rowsDone();
    }

    void on(LagView lag, Phase phase) {
        boolean moves = lag.appliedPerSecond() > 0 || (rowsApplied >= 0 && lag.rows() > rowsApplied);
        if (moves) {
            moved(lag.at(), true);
        }
        rowsApplied = lag.rows();
        if (moves || lag.backlog() == 0 || phase != Phase.STREAMING) {
            waitingSince = null;
        } else if (waitingSince == null) {
            waitingSince = lag.at();
        }
    }

    private void moved(Instant at, boolean seen) {
        if (movedAt == null || at.isAfter(movedAt)) {
            movedAt = at;
        }
        everMoved |= seen;
    }

    /** When rows were last seen to move; where nothing is known, now. */
    Instant movedAt(Instant now) {
        if (movedAt == null) {
            movedAt = now;
        }
        return movedAt;
    }

    boolean everMoved() {
        return everMoved;
    }

    @Nullable
    Instant waitingSince() {
        return waitingSince;
    }
}

package io.flywatch.cdc.lag;

import io.flywatch.cdc.change.Stamps;
import io.flywatch.events.lag.LagSample;
import java.util.List;

/** How long the changes of a pipeline took, each by itself; thread-safe. */
public final class ChangeTimes {
    private final boolean each;
    private final Percentiles percentiles = new Percentiles();
    private final RecentStages recent = new RecentStages();

    /** Measures each change, or only the oldest one of a batch, where the time that this takes is to be known. */
    public ChangeTimes(boolean each) {
        this.each = each;
    }

    /**
     * Changes that were applied together.
     *
     * @param applied when the target acknowledged them, in microseconds since 1970
     * @return the way of the one that was committed first; unmeasured if there is none
     */
    public Stages add(List<Stamps> changes, long applied) {
        if (each) {
            percentiles.add(changes, applied);
            recent.add(changes, applied);
        }
        return oldest(changes, applied);
    }

    private static Stages oldest(List<Stamps> changes, long applied) {
        Stamps oldest = null;
        for (Stamps change : changes) {
            if (oldest == null || (isKnown(change) && (!isKnown(oldest) || change.committed() < oldest.committed()))) {
                oldest = change;
            }
        }
        return oldest == null ? Stages.UNMEASURED : Stages.of(oldest, applied);
    }

    private static boolean isKnown(Stamps change) {
        return change.committed() != Stamps.UNKNOWN;
    }

    /** From commit to commit, of all since streaming began. */
    public LagSample.Spread whole() {
        return percentiles.summary();
    }

    /**
     * By stage, of the last minute.
     *
     * @param now in microseconds since 1970
     */
    public LagSample.Lately lastMinute(long now) {
        return recent.summary(now);
    }
}

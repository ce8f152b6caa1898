package io.flywatch.cdc.lag;

/** Keeps the slowest change since it was last asked. */
public final class WorstOf {
    private Stages worst = Stages.UNMEASURED;

    /** One more change. */
    public synchronized void add(Stages stages) {
        if (stages.isWorseThan(worst)) {
            worst = stages;
        }
    }

    /** The slowest change since the last call. */
    public synchronized Stages drain() {
        Stages drained = worst;
        worst = Stages.UNMEASURED;
        return drained;
    }
}

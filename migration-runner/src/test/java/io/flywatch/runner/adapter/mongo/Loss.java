package io.flywatch.runner.adapter.mongo;

/** Loses the runner when it comes to a point for the n-th time. */
final class Loss implements Faults {
    private final Faults.Point point;
    private int left;
    private boolean happened;

    Loss(Faults.Point point, int times) {
        this.point = point;
        this.left = times;
    }

    @Override
    public synchronized void at(Faults.Point now) {
        // A process that is gone does nothing any more, in none of its threads.
        if (happened || now == point && --left == 0) {
            happened = true;
            throw new Lost();
        }
    }

    boolean happened() {
        return happened;
    }

    void suffer(Runnable work) {
        try {
            work.run();
        } catch (Lost e) {
            // as it is meant to be
        }
    }

    /** No runtime exception: nothing that handles those may handle this. */
    private static final class Lost extends Error {
        private static final long serialVersionUID = 1L;
    }
}

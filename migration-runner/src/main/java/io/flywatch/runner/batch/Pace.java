package io.flywatch.runner.batch;

import java.time.Duration;

/**
 * How many documents make a batch: as many as asked for, unless they take so long that a transaction would come near the server's
 * limit of a minute. Used by one thread.
 */
public final class Pace {
    private static final Duration SLOW = Duration.ofSeconds(10);
    private static final Duration QUICK = Duration.ofSeconds(2);

    private final int most;
    private int size;

    public Pace(int most) {
        this.most = most;
        this.size = most;
    }

    /** For the next batch. */
    public int size() {
        return size;
    }

    /** A batch took so long. */
    public void took(Duration time) {
        if (time.compareTo(SLOW) > 0) {
            size = Math.max(1, size / 2);
        } else if (time.compareTo(QUICK) < 0) {
            size = Math.min(most, size * 2);
        }
    }

    /** A batch could not be done in one go. */
    public void failed() {
        size = Math.max(1, size / 2);
    }
}

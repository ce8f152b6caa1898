package io.flywatch.runner.batch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many documents make a batch, and how long to wait after it: as many as asked for and at once, unless batches take longer than
 * they should. Then they become smaller, and when they are small already, the waits longer. Used by one thread.
 */
public final class Pace {
    /** A transaction that comes near the server's limit of a minute is too slow, whatever was asked for. */
    private static final Duration SLOWEST = Duration.ofSeconds(10);

    private static final double GROWTH = 1.25;
    private static final double ROOM = 0.8;
    private static final int SMALL = 10;
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final int most;
    private final @Nullable Duration target;
    private int size;
    private Duration wait = Duration.ZERO;

    /**
     * Begins with what is asked for.
     *
     * @param most documents in a batch
     * @param target how long a batch should take; null if only not too long
     */
    public Pace(int most, @Nullable Duration target) {
        this.most = most;
        this.target = target;
        this.size = target == null ? most : Math.min(most, 100);
    }

    /** For the next batch. */
    public int size() {
        return size;
    }

    /** Before the next batch. */
    public Duration pause() {
        return wait;
    }

    /** A batch of so many documents took so long. */
    public void took(Duration time, int documents) {
        Duration limit = target == null ? SLOWEST : target;
        double share = (double) time.toNanos() / limit.toNanos();
        wait = Duration.ZERO;
        if (share > 1) {
            int least = Math.min(most, target == null ? 1 : SMALL);
            if (size <= least && target != null) {
                Duration over = time.minus(limit);
                wait = over.compareTo(LONGEST) > 0 ? LONGEST : over;
            }
            size = Math.max(least, (int) (size / Math.min(2, share)));
        } else if (share < ROOM && documents >= size) {
            size = Math.min(most, (int) Math.ceil(size * GROWTH));
        }
    }

    /** A batch could not be done in one go. */
    public void failed() {
        size = Math.max(1, size / 2);
    }
}

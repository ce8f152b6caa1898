package io.flywatch.system.stand;

import java.time.Duration;

/** Waits for what comes true by itself. */
public final class Waiting {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private Waiting() {}

    /** A look at something. */
    public interface Look {
        /** Whether it is so now. */
        boolean isSo() throws InterruptedException;
    }

    /**
     * Waits.
     *
     * @throws IllegalStateException that names what did not come true in time
     */
    public static void until(Duration limit, String what, Look look) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!look.isSo()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Not true within " + limit.toSeconds() + " s: " + what);
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }
}

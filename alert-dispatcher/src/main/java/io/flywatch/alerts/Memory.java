package io.flywatch.alerts;

import java.util.Collection;
import java.util.function.LongSupplier;

/**
 * What this replica has heard of lately, so that it can guess what is new. It forgets, and takes two for one now and then: a guess decides
 * only how PostgreSQL is spoken to, which finds out a wrong one. After a wrong guess it is not guessed for a while, twice as long each
 * time: if others take in the same alerts, nearly all guesses would be wrong.
 */
final class Memory {

    private static final int PLACES = 1 << 16;
    private static final int DIGITS = 16;
    private static final long SHORTEST_PAUSE_NANOS = 1_000_000_000L;
    private static final long LONGEST_PAUSE_NANOS = 300 * SHORTEST_PAUSE_NANOS;

    private final long[] places = new long[PLACES];
    private final LongSupplier nanos;
    private long pause;
    private long pausedAt;

    /**
     * Remembers nothing yet.
     *
     * @param nanos a stopwatch
     */
    Memory(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Whether it may be guessed now. */
    boolean mayGuess() {
        return pause == 0 || nanos.getAsLong() - pausedAt > pause;
    }

    /** Whether something may be new, by its fingerprint. */
    boolean isNew(String fingerprint) {
        long it = number(fingerprint);
        return places[place(it)] != it;
    }

    /** All of these are known now. */
    void learn(Collection<String> fingerprints) {
        for (String fingerprint : fingerprints) {
            long it = number(fingerprint);
            places[place(it)] = it;
        }
    }

    void guessedRight() {
        pause /= 2;
        if (pause < SHORTEST_PAUSE_NANOS) {
            pause = 0;
        }
    }

    void guessedWrong() {
        pause = Math.min(LONGEST_PAUSE_NANOS, Math.max(SHORTEST_PAUSE_NANOS, pause * 2));
        pausedAt = nanos.getAsLong();
    }

    /** The first digits of a fingerprint are as good as all of it. */
    private static long number(String fingerprint) {
        return Long.parseUnsignedLong(fingerprint, 0, Math.min(DIGITS, fingerprint.length()), 16);
    }

    private static int place(long number) {
        return (int) (number & (PLACES - 1));
    }
}

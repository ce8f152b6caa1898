package io.flywatch.stack.replica;

import java.time.Duration;
import org.bson.BsonTimestamp;

/** Whether the server is the primary, and since how many elections. */
final class Term {
    private int number = 1;
    private int operations;
    private int second;
    private long primaryAgainAt = System.nanoTime();

    synchronized boolean isPrimary() {
        return System.nanoTime() - primaryAgainAt >= 0;
    }

    synchronized int number() {
        return number;
    }

    synchronized void stepDown(Duration away) {
        number++;
        primaryAgainAt = System.nanoTime() + away.toNanos();
    }

    /** Later than each before. */
    synchronized BsonTimestamp time(long nowMillis) {
        second = Math.max(second, (int) (nowMillis / 1000));
        return new BsonTimestamp(second, ++operations);
    }
}

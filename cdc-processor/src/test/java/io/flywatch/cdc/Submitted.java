package io.flywatch.cdc;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;

/** The records that a connector handed over, in order, as Kafka Connect keeps book of them. */
final class Submitted {
    private final Deque<One> waiting = new ArrayDeque<>();
    private long committed;

    /**
     * A record.
     *
     * @param ended where the last transaction ended whose records were all handed over before
     */
    private record One(long ended, Future<?> stored) {}

    synchronized void add(long ended, Future<?> stored) {
        waiting.add(new One(ended, stored));
    }

    /** The offset of the last record that Kafka has together with all before it. */
    synchronized String offset() {
        while (!waiting.isEmpty() && waiting.peek().stored().isDone()) {
            committed = waiting.remove().ended();
        }
        return "{\"lsn_commit\":" + committed + ",\"lsn\":" + committed + "}";
    }
}

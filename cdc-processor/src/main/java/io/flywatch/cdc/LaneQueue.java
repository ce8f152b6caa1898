package io.flywatch.cdc;

import io.flywatch.cdc.apply.Inbound;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Records of one partition that wait or are being applied. It is filled by the consumer and emptied by a writer. */
public final class LaneQueue {
    private final Deque<Inbound> records = new ArrayDeque<>();
    private final Memory memory;
    private long bytes;
    private boolean closed;

    LaneQueue(Memory memory) {
        this.memory = memory;
    }

    /**
     * What may be held.
     *
     * @param perLane bytes of one lane, those in the batch that is being applied included
     * @param total bytes of all lanes
     * @param used bytes of all lanes now
     */
    public record Memory(long perLane, long total, AtomicLong used) {

        /** Memory of this size, of which one lane may take a third. */
        static Memory of(long total) {
            return new Memory(total / 3, total, new AtomicLong());
        }
    }

    synchronized void add(List<Inbound> more) {
        if (closed) {
            return;
        }
        for (Inbound record : more) {
            records.addLast(record);
            count(record.bytes());
        }
    }

    /** The next record; it counts as held until it is {@link #release released}. */
    synchronized @Nullable Inbound poll() {
        return records.pollFirst();
    }

    /** When the next record was stored in Kafka, in microseconds; empty if none waits. */
    synchronized OptionalLong oldest() {
        Inbound first = records.peekFirst();
        return first == null
                ? OptionalLong.empty()
                : OptionalLong.of(first.raw().stored());
    }

    /** The batch with these records is done. */
    synchronized void release(long held) {
        count(-Math.min(held, bytes));
    }

    /** Nothing is held any longer, and nothing more is taken. */
    synchronized void close() {
        closed = true;
        count(-bytes);
        records.clear();
    }

    private void count(long more) {
        bytes += more;
        memory.used().addAndGet(more);
    }

    synchronized boolean isEmpty() {
        return records.isEmpty();
    }

    /** Whether enough is held: here, or by all lanes together while something is held here. */
    synchronized boolean isFull() {
        return bytes >= memory.perLane() || (bytes > 0 && memory.used().get() >= memory.total());
    }
}

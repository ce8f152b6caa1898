package io.flywatch.cdc;

import io.flywatch.cdc.apply.Inbound;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Records of one partition that wait. It is filled by the consumer and emptied by a writer. */
public final class LaneQueue {
    private final Deque<Inbound> records = new ArrayDeque<>();
    private final Memory memory;
    private long bytes;

    LaneQueue(Memory memory) {
        this.memory = memory;
    }

    /**
     * What may wait.
     *
     * @param perLane bytes in one queue
     * @param total bytes in all queues
     * @param used bytes in all queues now
     */
    public record Memory(long perLane, long total, AtomicLong used) {}

    synchronized void add(List<Inbound> more) {
        for (Inbound record : more) {
            records.addLast(record);
            count(record.bytes());
        }
    }

    synchronized @Nullable Inbound poll() {
        Inbound record = records.pollFirst();
        if (record != null) {
            count(-record.bytes());
        }
        return record;
    }

    synchronized void clear() {
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

    /** Whether enough waits: here, or in all queues together while something waits here. */
    synchronized boolean isFull() {
        return bytes >= memory.perLane() || (bytes > 0 && memory.used().get() >= memory.total());
    }
}

package io.flywatch.cdc;

import io.flywatch.cdc.apply.Inbound;
import io.flywatch.cdc.apply.Sorter;
import io.flywatch.cdc.change.Decoded;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a lane's next batch while another one is being written, as writing is mostly waiting. For the lane's writer; the decoding
 * itself is done by a writer that is free, or by the one that needs it if none is.
 */
final class LaneAhead {
    private final LaneQueue queue;
    private final LaneReading reading;
    private final LaneTools tools;
    private volatile @Nullable FutureTask<List<Sorter.Item>> next;

    LaneAhead(LaneQueue queue, LaneReading reading, LaneTools tools) {
        this.queue = queue;
        this.reading = reading;
        this.tools = tools;
    }

    /** Begins to decode what stands at that offset and behind it, if anything waits. */
    void begin(long offset) {
        if (next == null && !queue.isEmpty()) {
            FutureTask<List<Sorter.Item>> task = new FutureTask<>(() -> decoded(offset));
            next = task;
            tools.writers().execute(task);
        }
    }

    /** The next batch, which begins at that offset or behind it; empty if nothing waits. */
    List<Sorter.Item> take(long offset) {
        FutureTask<List<Sorter.Item>> task = next;
        if (task == null) {
            return decoded(offset);
        }
        await();
        next = null;
        return done(task);
    }

    /** Returns when nobody decodes any more. */
    void await() {
        FutureTask<List<Sorter.Item>> task = next;
        if (task != null) {
            // It is done here if nobody has begun: waiting for a writer that waits itself would have no end.
            task.run();
            done(task);
        }
    }

    private static List<Sorter.Item> done(FutureTask<List<Sorter.Item>> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the writer is to end", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /** Whether nothing was decoded that has not been taken. */
    boolean isEmpty() {
        return next == null;
    }

    private List<Sorter.Item> decoded(long offset) {
        List<Sorter.Item> items = new ArrayList<>();
        LaneTools.Limits limits = tools.limits();
        long bytes = 0;
        long rawBytes = 0;
        while (items.size() < limits.changes() && bytes < limits.bytes() && rawBytes < limits.rawBytes()) {
            Inbound record = queue.poll();
            if (record == null) {
                break;
            }
            if (record.offset() < offset) {
                queue.release(record.bytes());
                continue;
            }
            Decoded decoded = reading.decode(record.raw());
            bytes += decoded instanceof Decoded.Of of ? of.captured().bytes() : 0;
            rawBytes += record.bytes();
            items.add(new Sorter.Item(record, decoded));
        }
        return items;
    }
}

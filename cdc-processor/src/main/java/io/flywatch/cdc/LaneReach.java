package io.flywatch.cdc;

import io.flywatch.cdc.position.Position;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** How far a lane is, for those who measure. */
public final class LaneReach {
    private final Lane lane;
    private final LaneQueue queue;
    private volatile long fetchedTo;
    private volatile long writingNanos;

    LaneReach(Lane lane, LaneQueue queue) {
        this.lane = lane;
        this.queue = queue;
    }

    /** The consumer has handed over everything before this offset, of which not all need be records for us. */
    public void fetchedTo(long offset) {
        fetchedTo = offset;
    }

    /** Everything before this offset has been applied. */
    long appliedTo() {
        long fetched = fetchedTo;
        long applied = lane.position().map(Position::offset).orElse(0L);
        return lane.state() instanceof LaneState.Running && lane.isDrained() ? Math.max(applied, fetched) : applied;
    }

    /** An attempt to write took this long; counted by the one writer that works for the lane. */
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer at a time
    void wrote(long nanos) {
        writingNanos = writingNanos + nanos;
    }

    /** Time spent in attempts to write, in all. */
    long writingNanos() {
        return writingNanos;
    }

    /**
     * How old the oldest record is that is not applied yet, by its stamp in Kafka: 0 if nothing waits here, null if that is not known
     * because what waits has not been read.
     */
    @Nullable
    Double oldestWaitingSeconds(Instant now) {
        LaneWork current = lane.work();
        OptionalLong waiting = current == null ? queue.oldest() : OptionalLong.of(current.stored());
        if (waiting.isPresent()) {
            return Math.max(0, (ChronoUnit.MICROS.between(Instant.EPOCH, now) - waiting.getAsLong()) / 1e6);
        }
        return lane.state() instanceof LaneState.Running ? Double.valueOf(0) : null;
    }
}

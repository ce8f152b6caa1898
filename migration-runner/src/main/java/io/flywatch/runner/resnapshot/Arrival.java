package io.flywatch.runner.resnapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether all rows of a snapshot that was read to its end are in the target. All moments are of the source's clock. A row may wait in the
 * worker while later ones of other tables are in Kafka already, so a heartbeat at the target proves nothing by itself. Kafka Connect
 * commits the offset of a record once that record and every one before it is in Kafka: an offset from after the reading says that
 * all rows are. What is applied up to a moment after that has all of them before it.
 *
 * @param readBy a moment at which all rows had been read; null if none is known yet
 * @param sentBy a moment at which all of them were in Kafka; null if none is known yet
 */
public record Arrival(@Nullable Instant readBy, @Nullable Instant sentBy) {
    /** What Kafka Connect tells may be rounded down to seconds, and the processor's picture of the source's clock may be off a little. */
    private static final Duration ROUNDING = Duration.ofSeconds(1);

    /** Nothing is known. */
    public static final Arrival UNKNOWN = new Arrival(null, null);

    /** Whether the source is to be asked for its clock now. */
    public boolean asksForTheTime(Optional<Instant> committed) {
        return readBy == null || (sentBy == null && isSent(committed));
    }

    /**
     * What is known now.
     *
     * @param committed up to when the source's log is known to be in Kafka
     * @param time what the source's clock says
     */
    public Arrival at(Optional<Instant> committed, Instant time) {
        if (readBy == null) {
            return new Arrival(time, null);
        }
        return sentBy == null && isSent(committed) ? new Arrival(readBy, time) : this;
    }

    private boolean isSent(Optional<Instant> committed) {
        return readBy != null && committed.isPresent() && committed.get().isAfter(readBy.plus(ROUNDING));
    }

    /** Whether they are in the target, if everything up to then is. */
    public boolean isComplete(@Nullable Instant appliedUpTo) {
        return sentBy != null && appliedUpTo != null && appliedUpTo.isAfter(sentBy.plus(ROUNDING));
    }
}

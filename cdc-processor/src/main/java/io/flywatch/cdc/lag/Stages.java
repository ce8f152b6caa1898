package io.flywatch.cdc.lag;

import io.flywatch.cdc.change.Stamps;
import org.jspecify.annotations.Nullable;

/**
 * Where the time of one change went, in seconds; null where a stamp is missing, negative where two clocks disagree.
 *
 * @param capture commit at the source to capture by the connector
 * @param transport capture to receipt
 * @param apply receipt to commit at the target
 * @param endToEnd commit at the source to commit at the target
 */
public record Stages(
        @Nullable Double capture,
        @Nullable Double transport,
        @Nullable Double apply,
        @Nullable Double endToEnd) {

    /** Nothing is known. */
    public static final Stages UNMEASURED = new Stages(null, null, null, null);

    /**
     * The stages of a change.
     *
     * @param applied when the target acknowledged it, in microseconds since 1970
     */
    public static Stages of(Stamps stamps, long applied) {
        return new Stages(
                between(stamps.committed(), stamps.captured()),
                between(stamps.captured(), stamps.received()),
                between(stamps.received(), applied),
                between(stamps.committed(), applied));
    }

    private static @Nullable Double between(long from, long to) {
        return from == Stamps.UNKNOWN || to == Stamps.UNKNOWN ? null : (to - from) / 1e6;
    }

    /** Whether this change took longer than another, end to end. */
    boolean isWorseThan(Stages other) {
        return endToEnd != null && (other.endToEnd == null || endToEnd > other.endToEnd);
    }
}

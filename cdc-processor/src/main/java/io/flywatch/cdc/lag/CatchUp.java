package io.flywatch.cdc.lag;

import org.jspecify.annotations.Nullable;

/**
 * In how many seconds the backlog is gone: {@code backlog / (applied per second - arriving per second)}. Where that divisor is not
 * positive there is no end, which is null.
 *
 * @param lowSeconds at the best of the recent paces
 * @param likelySeconds at their mean
 * @param highSeconds at the worst of them
 */
public record CatchUp(
        @Nullable Double lowSeconds,
        @Nullable Double likelySeconds,
        @Nullable Double highSeconds) {

    /** Nothing waits. */
    public static final CatchUp DONE = new CatchUp(0.0, 0.0, 0.0);

    /** For a person. */
    public String text() {
        if (likelySeconds == null) {
            return "at this pace never caught up";
        }
        String low = lowSeconds == null ? Spans.of(likelySeconds) : Spans.of(lowSeconds);
        return "caught up in about " + Spans.of(likelySeconds) + " (" + low + " to "
                + (highSeconds == null ? "never, at the worst of the recent paces" : Spans.of(highSeconds)) + ")";
    }
}

package io.flywatch.cdc.lag;

import io.flywatch.cdc.change.Stamps;

/** The last minute's percentiles of each stage and of the whole way. */
public final class RecentStages {
    private final Recent capture = new Recent();
    private final Recent transport = new Recent();
    private final Recent apply = new Recent();
    private final Recent endToEnd = new Recent();

    /**
     * What the last minute comes to. Percentiles of stages don't add up to that of the whole.
     *
     * @param endToEnd commit at the source to commit at the target
     */
    public record Summary(
            Percentiles.Summary capture,
            Percentiles.Summary transport,
            Percentiles.Summary apply,
            Percentiles.Summary endToEnd) {}

    /** One more change that was applied, in microseconds since 1970. */
    public void add(Stamps change, long applied) {
        add(capture, change.committed(), change.captured(), applied);
        add(transport, change.captured(), change.received(), applied);
        add(apply, change.received(), applied, applied);
        add(endToEnd, change.committed(), applied, applied);
    }

    private static void add(Recent stage, long from, long to, long now) {
        if (from != Stamps.UNKNOWN && to != Stamps.UNKNOWN) {
            stage.add(to - from, now);
        }
    }

    /** What the last minute comes to. */
    public Summary summary(long nowMicros) {
        return new Summary(
                capture.summary(nowMicros),
                transport.summary(nowMicros),
                apply.summary(nowMicros),
                endToEnd.summary(nowMicros));
    }
}

package io.flywatch.cdc.lag;

import io.flywatch.cdc.change.Stamps;
import io.flywatch.events.lag.LagSample.Lately;
import java.util.List;

/** The last minute's percentiles of each stage and of the whole way. */
public final class RecentStages {
    private final Recent capture = new Recent();
    private final Recent transport = new Recent();
    private final Recent apply = new Recent();
    private final Recent endToEnd = new Recent();

    /** More changes, which were applied at once, in microseconds since 1970. */
    public void add(List<Stamps> changes, long applied) {
        capture.add(changes, change -> between(change.committed(), change.captured()), applied);
        transport.add(changes, change -> between(change.captured(), change.received()), applied);
        apply.add(changes, change -> between(change.received(), applied), applied);
        endToEnd.add(changes, change -> between(change.committed(), applied), applied);
    }

    private static long between(long from, long to) {
        return from == Stamps.UNKNOWN || to == Stamps.UNKNOWN ? Stamps.UNKNOWN : to - from;
    }

    /** What the last minute comes to; percentiles of stages don't add up to that of the whole. */
    public Lately summary(long nowMicros) {
        return new Lately(
                capture.summary(nowMicros),
                transport.summary(nowMicros),
                apply.summary(nowMicros),
                endToEnd.summary(nowMicros));
    }
}

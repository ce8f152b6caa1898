package io.flywatch.alerts.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a report changes. */
public sealed interface Change {

    /** Nothing. */
    record None(String why) implements Change {}

    /** It goes on as before; only what is known of it is newer. */
    record Refreshed(Alert alert) implements Change {}

    /** It began, or its severity changed. */
    record Fired(Alert alert) implements Change {}

    /** It ended. */
    record Ended(Alert alert) implements Change {}

    /**
     * Weighs a report. The same report again changes nothing that matters.
     *
     * @param before the alert as it is known; null if it is not
     */
    static Change of(Report report, @Nullable Alert before, Instant now) {
        if (report.fires()) {
            return fires(report, before, now);
        }
        if (before == null) {
            return new None("it is over, and was never heard of");
        }
        if (!before.fires()) {
            return new None("it was over already");
        }
        if (report.source() == Source.ANOMALY && !before.episode().equals(report.episode())) {
            return new None("another episode of it began since");
        }
        return new Ended(before.resolved(report, String.valueOf(report.ended()), report.at(), now));
    }

    private static Change fires(Report report, @Nullable Alert before, Instant now) {
        boolean detected = report.source() == Source.ANOMALY;
        if (detected && before != null && !before.fires() && before.episode().equals(report.episode())) {
            return new None("the episode was over already when this was reported");
        }
        if (before != null && before.fires() && report.at().isBefore(before.updatedAt())) {
            return new None("something newer is known");
        }
        Alert after = Alert.firing(report, before, now);
        boolean news = before == null || !before.fires() || before.severity() != after.severity();
        return news ? new Fired(after) : new Refreshed(after);
    }
}

package io.flywatch.alerts.notice;

import io.flywatch.events.alert.NoticeKind;
import io.flywatch.events.anomaly.Anomaly;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a notice tells; kept with it as it was when the notice was decided on, so that a late notice tells what it was meant to tell.
 *
 * @param kind whether it fires or is over
 * @param fingerprint the alert's identity
 * @param anomaly the episode's state
 * @param at when it was reported
 * @param note why it is told: new, escalated, over
 * @param test whether nothing is the matter, and somebody only wants to see that the receiver works
 */
public record Story(
        NoticeKind kind,
        String fingerprint,
        String migrationId,
        @Nullable String runId,
        Anomaly anomaly,
        Instant at,
        String note,
        boolean test) {

    /** Whether it tells the end. */
    public boolean isOver() {
        return kind == NoticeKind.RESOLVED;
    }
}

package io.flywatch.alerts.alert;

import io.flywatch.events.anomaly.Anomaly;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody should know of.
 *
 * @param fingerprint its identity, see {@link Labels}
 * @param state whether it fires
 * @param anomaly the newest state of its newest episode
 * @param firedAt when that episode was taken in
 * @param updatedAt when anything was last heard of it
 * @param resolvedAt when it ended; null while it fires
 * @param resolveReason why it ended; null while it fires
 */
public record Alert(
        String fingerprint,
        String migrationId,
        @Nullable String runId,
        AlertState state,
        Anomaly anomaly,
        Instant firedAt,
        Instant updatedAt,
        @Nullable Instant resolvedAt,
        @Nullable String resolveReason) {

    /** The alert's name: the rule's. */
    public String name() {
        return anomaly.rule();
    }

    /** Whether it fires. */
    public boolean fires() {
        return state == AlertState.FIRING;
    }

    /** The alert after an event that leaves it, or makes it, fire. */
    public static Alert firing(Report report, @Nullable Alert before) {
        return new Alert(
                report.fingerprint(),
                report.migrationId(),
                report.runId(),
                AlertState.FIRING,
                report.anomaly(),
                before != null && before.fires() ? before.firedAt() : report.at(),
                report.at(),
                null,
                null);
    }

    /** The alert after its end. */
    public static Alert resolved(Report report, String reason, @Nullable Alert before) {
        return new Alert(
                report.fingerprint(),
                report.migrationId(),
                report.runId(),
                AlertState.RESOLVED,
                report.anomaly(),
                before == null ? report.at() : before.firedAt(),
                report.at(),
                report.at(),
                reason);
    }
}

package io.flywatch.alerts;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.flywatch.alerts.alert.Acknowledgement;
import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.deliver.Outcome;
import io.flywatch.alerts.group.Decision;
import io.flywatch.alerts.group.Reason;
import io.flywatch.alerts.notice.Notice;
import io.flywatch.events.alert.AlertAcknowledged;
import io.flywatch.events.alert.AlertEvent;
import io.flywatch.events.alert.AlertFired;
import io.flywatch.events.alert.AlertHeld;
import io.flywatch.events.alert.AlertResolved;
import io.flywatch.events.alert.AlertSilenced;
import io.flywatch.events.alert.NoticeDelivered;
import io.flywatch.events.alert.NoticeFailed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The facts about alerts, as the world hears them. */
final class Lifecycle {

    private Lifecycle() {}

    static AlertEvent fired(Alert alert, Instant now) {
        return new AlertFired(
                alert.migrationId(),
                alert.runId(),
                now,
                alert.fingerprint(),
                alert.name(),
                alert.severity(),
                alert.annotations().getOrDefault("summary", alert.name()));
    }

    static AlertEvent resolved(Alert alert, Instant now) {
        return new AlertResolved(
                alert.migrationId(),
                alert.runId(),
                now,
                alert.fingerprint(),
                alert.name(),
                String.valueOf(alert.resolveReason()));
    }

    static AlertEvent acknowledged(Alert alert, Acknowledgement by, boolean withdrawn, Instant now) {
        return new AlertAcknowledged(
                alert.migrationId(),
                alert.runId(),
                now,
                alert.fingerprint(),
                alert.name(),
                by.by(),
                by.comment(),
                withdrawn);
    }

    /** That nobody is told, where that is worth to be known. */
    static Optional<AlertEvent> held(Alert alert, Decision decision, Terms terms) {
        return switch (decision.reason()) {
            case SILENCED ->
                terms.silences().stream()
                        .filter(silence -> silence.covers(alert.facts(), terms.now()))
                        .findFirst()
                        .map(silence -> new AlertSilenced(
                                alert.migrationId(),
                                alert.runId(),
                                terms.now(),
                                alert.fingerprint(),
                                alert.name(),
                                silence.id(),
                                silence.createdBy(),
                                silence.comment(),
                                silence.endsAt()));
            case INHIBITED, MUTED, STORM, UNSTEADY, NO_ROUTE, NOT_CONFIGURED ->
                Optional.of(new AlertHeld(
                        alert.migrationId(),
                        alert.runId(),
                        terms.now(),
                        alert.fingerprint(),
                        alert.name(),
                        word(decision.reason()),
                        decision.explanation()));
            default -> Optional.empty();
        };
    }

    static List<AlertEvent> delivered(Notice notice, Outcome.Done done, Instant now) {
        return notice.story().alerts().stream()
                .<AlertEvent>map(alert -> new NoticeDelivered(
                        alert.migrationId(),
                        alert.runId(),
                        now,
                        alert.fingerprint(),
                        alert.name(),
                        notice.receiver(),
                        notice.story().kind(),
                        done.note()))
                .toList();
    }

    static List<AlertEvent> failed(Notice notice, Outcome.Over over, Instant now) {
        return notice.story().alerts().stream()
                .<AlertEvent>map(alert -> new NoticeFailed(
                        alert.migrationId(),
                        alert.runId(),
                        now,
                        alert.fingerprint(),
                        alert.name(),
                        notice.receiver(),
                        notice.story().kind(),
                        over.note()))
                .toList();
    }

    /** A reason as JSON has it. */
    static String word(Reason reason) {
        try {
            return Reason.class
                    .getField(reason.name())
                    .getAnnotation(JsonProperty.class)
                    .value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.flywatch.alerts.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.flywatch.alerts.adapter.jdbc.Journal.DecisionView;
import io.flywatch.alerts.adapter.jdbc.Journal.NoticeView;
import io.flywatch.alerts.alert.Acknowledgement;
import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.alert.AlertState;
import io.flywatch.alerts.alert.Source;
import io.flywatch.events.anomaly.Anomaly;
import io.flywatch.events.anomaly.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An alert as REST shows it.
 *
 * @param summary one sentence
 * @param figures the detector's, where it comes from there
 * @param decisions why somebody was told, or nobody, the newest first; only where one alert is asked for
 * @param notices what was told, the newest first; only where one alert is asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AlertView(
        String fingerprint,
        String name,
        String migrationId,
        @Nullable String runId,
        Source source,
        AlertState state,
        Severity severity,
        Map<String, String> labels,
        Map<String, String> annotations,
        String summary,
        @Nullable Anomaly figures,
        Instant startsAt,
        Instant firedAt,
        Instant updatedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant resolvedAt,
        @Nullable String resolveReason,
        @Nullable Acknowledgement acknowledged,
        @Nullable String generator,
        @Nullable List<DecisionView> decisions,
        @Nullable List<NoticeView> notices) {

    static AlertView of(Alert alert) {
        return of(alert, null, null);
    }

    static AlertView of(Alert alert, @Nullable List<DecisionView> decisions, @Nullable List<NoticeView> notices) {
        return new AlertView(
                alert.fingerprint(),
                alert.name(),
                alert.migrationId(),
                alert.runId(),
                alert.source(),
                alert.state(),
                alert.severity(),
                alert.labels().values(),
                alert.annotations(),
                alert.annotations().getOrDefault("summary", alert.name()),
                alert.anomaly(),
                alert.startsAt(),
                alert.firedAt(),
                alert.updatedAt(),
                alert.expiresAt(),
                alert.resolvedAt(),
                alert.resolveReason(),
                alert.acknowledged(),
                alert.generator(),
                decisions,
                notices);
    }
}

package io.flywatch.alerts.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.flywatch.alerts.adapter.jdbc.DecisionView;
import io.flywatch.alerts.adapter.jdbc.NoticeView;
import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.alert.AlertState;
import io.flywatch.events.anomaly.Severity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An alert as REST shows it.
 *
 * @param decisions why somebody was told, or nobody, the newest first; only where one alert is asked for
 * @param notices what was told, the newest first; only where one alert is asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AlertView(
        String fingerprint,
        String name,
        String migrationId,
        @Nullable String runId,
        AlertState state,
        Severity severity,
        String series,
        double value,
        double limit,
        double peak,
        String unit,
        Instant since,
        String summary,
        @Nullable String cause,
        Instant firedAt,
        Instant updatedAt,
        @Nullable Instant resolvedAt,
        @Nullable String resolveReason,
        @Nullable List<DecisionView> decisions,
        @Nullable List<NoticeView> notices) {

    static AlertView of(Alert alert) {
        return of(alert, null, null);
    }

    static AlertView of(Alert alert, @Nullable List<DecisionView> decisions, @Nullable List<NoticeView> notices) {
        var anomaly = alert.anomaly();
        return new AlertView(
                alert.fingerprint(),
                alert.name(),
                alert.migrationId(),
                alert.runId(),
                alert.state(),
                anomaly.severity(),
                anomaly.series(),
                anomaly.value(),
                anomaly.limit(),
                anomaly.peak(),
                anomaly.unit(),
                anomaly.since(),
                anomaly.summary(),
                anomaly.cause(),
                alert.firedAt(),
                alert.updatedAt(),
                alert.resolvedAt(),
                alert.resolveReason(),
                decisions,
                notices);
    }
}

package io.flywatch.alerts.adapter.jdbc;

import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.alert.AlertState;
import io.flywatch.events.anomaly.Anomaly;
import io.flywatch.events.anomaly.Severity;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An alert as it is kept. */
@Entity
@Table(name = "alert")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class AlertRow {

    @Id
    String fingerprint;

    @Column(name = "migration_id")
    String migrationId;

    @Column(name = "run_id")
    @Nullable
    String runId;

    String name;

    @Enumerated(EnumType.STRING)
    AlertState state;

    @Enumerated(EnumType.STRING)
    Severity severity;

    @Column(name = "anomaly_id")
    String anomalyId;

    String anomaly;

    @Column(name = "fired_at")
    Instant firedAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    @Column(name = "resolved_at")
    @Nullable
    Instant resolvedAt;

    @Column(name = "resolve_reason")
    @Nullable
    String resolveReason;

    void take(Alert alert, StoredJson json) {
        fingerprint = alert.fingerprint();
        migrationId = alert.migrationId();
        runId = alert.runId();
        name = alert.name();
        state = alert.state();
        severity = alert.anomaly().severity();
        anomalyId = alert.anomaly().id();
        anomaly = json.write(alert.anomaly());
        firedAt = alert.firedAt();
        updatedAt = alert.updatedAt();
        resolvedAt = alert.resolvedAt();
        resolveReason = alert.resolveReason();
    }

    Alert alert(StoredJson json) {
        return new Alert(
                fingerprint,
                migrationId,
                runId,
                state,
                json.read(anomaly, Anomaly.class),
                firedAt,
                updatedAt,
                resolvedAt,
                resolveReason);
    }
}

package io.flywatch.alerts.adapter.jdbc;

import io.flywatch.alerts.alert.Report;
import io.flywatch.alerts.route.Decision;
import io.flywatch.alerts.route.Decision.Hold;
import io.flywatch.alerts.route.Decision.Tell;
import io.flywatch.alerts.route.Reason;
import io.flywatch.events.alert.NoticeKind;
import io.flywatch.events.anomaly.Severity;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A decision as it is kept. */
@Entity
@Table(name = "decision")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class DecisionRow {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    long id;

    String fingerprint;

    @Column(name = "report_key")
    String reportKey;

    Instant at;

    @Column(name = "decided_at")
    Instant decidedAt;

    @Enumerated(EnumType.STRING)
    Severity severity;

    @Enumerated(EnumType.STRING)
    Reason reason;

    String explanation;

    @Enumerated(EnumType.STRING)
    @Nullable
    NoticeKind kind;

    String receivers;

    static DecisionRow of(Report report, Decision decision, Instant now) {
        DecisionRow row = new DecisionRow();
        row.fingerprint = report.fingerprint();
        row.reportKey = report.key();
        row.at = report.at();
        row.decidedAt = now;
        row.severity = report.anomaly().severity();
        row.reason = decision.reason();
        row.explanation = decision.explanation();
        row.receivers = "";
        switch (decision) {
            case Tell tell -> {
                row.kind = tell.kind();
                row.receivers = String.join(",", tell.receivers());
            }
            case Hold hold -> {}
        }
        return row;
    }

    DecisionView view() {
        List<String> names = receivers.isEmpty() ? List.of() : List.of(receivers.split(",", -1));
        return new DecisionView(at, decidedAt, severity, kind, reason, explanation, names);
    }
}

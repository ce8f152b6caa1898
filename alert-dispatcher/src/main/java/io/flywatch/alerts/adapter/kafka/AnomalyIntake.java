package io.flywatch.alerts.adapter.kafka;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.alerts.AlertMetrics;
import io.flywatch.alerts.Desk;
import io.flywatch.alerts.alert.Labels;
import io.flywatch.alerts.alert.Report;
import io.flywatch.alerts.alert.Source;
import io.flywatch.events.anomaly.AnomalyEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Takes anomalies in, one after the other; a record counts as done when PostgreSQL has what comes of it. */
@Singleton
public class AnomalyIntake {
    private static final Logger LOG = Logger.getLogger(AnomalyIntake.class);

    private final ObjectMapper json;
    private final Desk desk;
    private final AlertMetrics metrics;
    private final Patience patience;

    AnomalyIntake(ObjectMapper json, Desk desk, AlertMetrics metrics, Patience patience) {
        this.json = json;
        this.desk = desk;
        this.metrics = metrics;
        this.patience = patience;
    }

    /** Takes one in. */
    @Incoming("anomalies")
    @Blocking
    public void on(ConsumerRecord<String, byte @Nullable []> found) {
        Report report = read(found).orElse(null);
        if (report == null) {
            return;
        }
        try (var scope = MDC.putCloseable("migrationId", report.labels().get(Labels.MIGRATION))) {
            patience.untilStored(() -> take(report)).ifPresent(fault -> skip(found, "failed", fault));
        }
    }

    private void take(Report report) {
        desk.take(List.of(report)).join();
        metrics.received(Source.ANOMALY, 1);
    }

    private Optional<Report> read(ConsumerRecord<String, byte @Nullable []> found) {
        byte[] value = found.value();
        if (value == null) {
            return skip(found, "unreadable", "it has no value");
        }
        try {
            Optional<Report> report = Report.of(json.readValue(value, AnomalyEvent.class));
            if (report.isEmpty()) {
                metrics.eventSkipped("unknown");
            }
            return report;
        } catch (IOException | RuntimeException e) {
            // Jackson fills what the JSON leaves out with null, whatever the contract says; that shows when it is used.
            return skip(found, "unreadable", e.getClass().getSimpleName());
        }
    }

    private Optional<Report> skip(ConsumerRecord<?, ?> found, String reason, String why) {
        metrics.eventSkipped(reason);
        LOG.warnf(
                "event skipped topic=%s partition=%d offset=%d reason=%s why=%s",
                found.topic(), found.partition(), found.offset(), reason, why);
        return Optional.empty();
    }
}

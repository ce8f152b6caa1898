package io.flywatch.alerts.alert;

import io.flywatch.events.anomaly.Anomaly;
import io.flywatch.events.anomaly.AnomalyClosed;
import io.flywatch.events.anomaly.AnomalyEvent;
import io.flywatch.events.anomaly.AnomalyOpened;
import io.flywatch.events.anomaly.AnomalyUpdated;
import io.flywatch.events.anomaly.UnknownAnomaly;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something that came in about an alert. */
public sealed interface Report {

    /** The alert that it is about. */
    String fingerprint();

    /** The migration that it is about. */
    String migrationId();

    /** The run that it is about, where there is one. */
    @Nullable
    String runId();

    /** When it happened. */
    Instant at();

    /** The episode's state by then. */
    Anomaly anomaly();

    /** What tells it from all other reports; a repeated one has the same. */
    String key();

    /** An episode goes on, or began. */
    record Fires(
            String fingerprint,
            String migrationId,
            @Nullable String runId,
            Instant at,
            Anomaly anomaly,
            String key) implements Report {}

    /**
     * An episode ended.
     *
     * @param reason why
     */
    record Ends(
            String fingerprint,
            String migrationId,
            @Nullable String runId,
            Instant at,
            Anomaly anomaly,
            String key,
            String reason)
            implements Report {}

    /** What an event of the detector reports; empty for a type from the future. */
    static Optional<Report> of(AnomalyEvent event) {
        return switch (event) {
            case AnomalyOpened e -> Optional.of(fires(e, e.anomaly(), "opened"));
            case AnomalyUpdated e -> Optional.of(fires(e, e.anomaly(), "updated"));
            case AnomalyClosed e ->
                Optional.of(new Ends(
                        fingerprint(e, e.anomaly()),
                        e.migrationId(),
                        e.runId(),
                        e.at(),
                        e.anomaly(),
                        key("closed", e.anomaly(), e.at()),
                        e.reason()));
            case UnknownAnomaly e -> Optional.empty();
        };
    }

    private static Fires fires(AnomalyEvent event, Anomaly anomaly, String type) {
        return new Fires(
                fingerprint(event, anomaly),
                event.migrationId(),
                event.runId(),
                event.at(),
                anomaly,
                key(type, anomaly, event.at()));
    }

    private static String fingerprint(AnomalyEvent event, Anomaly anomaly) {
        return Labels.of(anomaly.rule(), event.migrationId(), anomaly.series()).fingerprint();
    }

    private static String key(String type, Anomaly anomaly, Instant at) {
        return anomaly.id() + "|" + type + "|" + at;
    }
}

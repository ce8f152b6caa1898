package io.flywatch.alerts.alert;

import io.flywatch.events.anomaly.Anomaly;
import io.flywatch.events.anomaly.AnomalyClosed;
import io.flywatch.events.anomaly.AnomalyEvent;
import io.flywatch.events.anomaly.AnomalyOpened;
import io.flywatch.events.anomaly.AnomalyUpdated;
import io.flywatch.events.anomaly.Severity;
import io.flywatch.events.anomaly.UnknownAnomaly;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something that came in about an alert.
 *
 * @param labels the alert that it is about
 * @param annotations what is said of it
 * @param episode what tells one time of firing from the next
 * @param startsAt since when it fires
 * @param at when the report was made
 * @param expiresAt when it counts as over if nothing more is heard; null for never
 * @param ended why it is over; null if it fires
 * @param anomaly the detector's figures, where it comes from there
 * @param generator a link to where it comes from
 */
public record Report(
        Labels labels,
        Map<String, String> annotations,
        Source source,
        Severity severity,
        String episode,
        Instant startsAt,
        Instant at,
        @Nullable Instant expiresAt,
        @Nullable String ended,
        @Nullable Anomaly anomaly,
        @Nullable String runId,
        @Nullable String generator) {

    private static final int LONGEST = 4000;

    public Report {
        annotations = Map.copyOf(annotations);
    }

    /** Whether it says that the alert fires. */
    public boolean fires() {
        return ended == null;
    }

    /** The alert's identity. */
    public String fingerprint() {
        return labels.fingerprint();
    }

    /** What an event of the detector reports; empty for a type from the future. */
    public static Optional<Report> of(AnomalyEvent event) {
        return switch (event) {
            case AnomalyOpened e -> Optional.of(of(e, e.anomaly(), null));
            case AnomalyUpdated e -> Optional.of(of(e, e.anomaly(), null));
            case AnomalyClosed e -> Optional.of(of(e, e.anomaly(), e.reason()));
            case UnknownAnomaly e -> Optional.empty();
        };
    }

    private static Report of(AnomalyEvent event, Anomaly anomaly, @Nullable String ended) {
        TreeMap<String, String> annotations =
                new TreeMap<>(Map.of("summary", Entry.harmless(anomaly.summary(), LONGEST)));
        if (anomaly.cause() != null) {
            annotations.put("cause", Entry.harmless(anomaly.cause(), LONGEST));
        }
        return new Report(
                Labels.of(anomaly.rule(), event.migrationId(), anomaly.series()),
                annotations,
                Source.ANOMALY,
                anomaly.severity(),
                anomaly.id(),
                anomaly.since(),
                event.at(),
                null,
                ended == null ? null : Entry.harmless(ended, LONGEST),
                anomaly,
                event.runId(),
                null);
    }
}

package io.flywatch.alerts.notice;

import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.alert.Labels;
import io.flywatch.events.anomaly.Severity;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An alert as a notice tells of it.
 *
 * @param migrationId the migration that it is about; empty if it says none
 * @param labels what tells it from others
 * @param since when it began
 * @param endedAt when it ended; null while it fires
 * @param episode what tells this time of firing from the last
 * @param summary one sentence
 * @param description more of it
 * @param cause the likely cause
 * @param figures how bad against what is expected
 * @param urls links that it brought with it, by their names
 */
public record StoryAlert(
        String fingerprint,
        String name,
        String migrationId,
        @Nullable String runId,
        SortedMap<String, String> labels,
        Severity severity,
        Instant since,
        @Nullable Instant endedAt,
        String episode,
        String summary,
        @Nullable String description,
        @Nullable String cause,
        @Nullable Figures figures,
        Map<String, String> urls) {

    private static final int SUMMARY = 2000;
    private static final int DESCRIPTION = 8000;
    private static final int URL = 2000;

    /** What was measured, against which limit, in which unit, and the worst so far. */
    public record Figures(double value, double limit, double peak, String unit) {}

    public StoryAlert {
        labels = new TreeMap<>(labels);
        urls = Collections.unmodifiableMap(new TreeMap<>(urls));
    }

    /** An alert as it is now. */
    public static StoryAlert of(Alert alert) {
        Map<String, String> said = alert.annotations();
        String summary = summary(alert, said);
        String description = said.get("description");
        String cause = said.getOrDefault("cause", "");
        return new StoryAlert(
                alert.fingerprint(),
                alert.name(),
                alert.migrationId(),
                alert.runId(),
                alert.labels().values(),
                alert.severity(),
                alert.startsAt(),
                alert.resolvedAt(),
                alert.episode(),
                Text.atMost(summary, SUMMARY),
                description == null || description.isBlank() || description.equals(summary)
                        ? null
                        : Text.atMost(description, DESCRIPTION),
                cause.isBlank() ? null : Text.atMost(cause, SUMMARY),
                figures(alert),
                urls(alert));
    }

    /** What is said of it, or who it is. Never nothing: Slack and PagerDuty refuse a message without words for good. */
    private static String summary(Alert alert, Map<String, String> said) {
        return Stream.of(said.get("summary"), said.get("description"), said.get("message"), alert.name())
                .filter(words -> words != null && !words.isBlank())
                .findFirst()
                .orElseGet(() -> alert.labels().values().toString());
    }

    private static @Nullable Figures figures(Alert alert) {
        var anomaly = alert.anomaly();
        return anomaly == null ? null : new Figures(anomaly.value(), anomaly.limit(), anomaly.peak(), anomaly.unit());
    }

    private static Map<String, String> urls(Alert alert) {
        Map<String, String> urls = new TreeMap<>();
        put(urls, "Runbook", alert.annotations().get("runbook_url"));
        put(urls, "Dashboard", alert.annotations().get("dashboard_url"));
        put(urls, "Image", alert.annotations().get("image_url"));
        put(urls, "Source", alert.generator());
        return urls;
    }

    private static void put(Map<String, String> urls, String name, @Nullable String url) {
        if (url != null && url.length() <= URL && (url.startsWith("http://") || url.startsWith("https://"))) {
            urls.put(name, url);
        }
    }

    /** Where it is: the migration, or what the usual labels say. */
    public String where() {
        if (!migrationId.isEmpty()) {
            return migrationId;
        }
        for (String label : new String[] {"instance", "job", "service", "namespace"}) {
            String value = labels.get(label);
            if (value != null) {
                return value;
            }
        }
        return "";
    }

    /** What it measures, where it comes from the detector. */
    public String series() {
        return labels.getOrDefault("series", "");
    }

    /** The label's name that names an alert, which needs not be told twice. */
    static boolean isTold(String label) {
        return label.equals(Labels.NAME)
                || label.equals(Labels.MIGRATION)
                || label.equals("series")
                || label.equals("severity");
    }
}

package io.flywatch.alerts;

import io.flywatch.alerts.AlertsConfig.StatisticsConfig;
import io.flywatch.alerts.alert.Labels;
import io.flywatch.alerts.alert.Report;
import io.flywatch.alerts.alert.Source;
import io.flywatch.events.anomaly.Severity;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Watches that statistics of runs arrive at all: if the runner, Kafka or the detector is gone, no anomaly says so. And tells of runs that
 * failed, which explains what is wrong with their statistics.
 */
@Singleton
public final class Pulse {

    private static final String MISSING = "no_statistics";
    private static final String FAILED = "run_failed";

    private final Desk desk;
    private final SteadyClock clock;
    private final Duration missingAfter;
    private final Map<String, Heard> runs = new HashMap<>();

    private record Heard(String runId, Instant at, boolean missing) {}

    Pulse(Desk desk, SteadyClock clock, StatisticsConfig config) {
        this.desk = desk;
        this.clock = clock;
        this.missingAfter = config.missingAfter();
    }

    /** A run that is under way was heard of. */
    public void heard(String migration, String runId) {
        Instant now = clock.instant();
        Heard before;
        synchronized (runs) {
            before = runs.put(migration, new Heard(runId, now, false));
        }
        if (before == null || before.missing()) {
            // After a start it is not known what was told before it.
            take(List.of(report(MISSING, migration, runId, "", now, "statistics arrive again")));
        }
        if (before == null || !before.runId().equals(runId)) {
            take(List.of(report(FAILED, migration, runId, "", now, "another run is under way")));
        }
    }

    /**
     * A run is no longer under way.
     *
     * @param failure why it failed; null if it did not
     */
    public void ended(String migration, String runId, @Nullable String failure, Instant at) {
        synchronized (runs) {
            runs.remove(migration);
        }
        take(List.of(
                report(MISSING, migration, runId, "", clock.instant(), "the run is no longer under way"),
                failure == null
                        ? report(FAILED, migration, runId, "", clock.instant(), "a run ended without a failure")
                        : report(FAILED, migration, runId, failure, at, null)));
    }

    /** Raises what was not heard of for too long. */
    void look() {
        if (missingAfter.isZero()) {
            return;
        }
        Instant now = clock.instant();
        List<Report> missing = new ArrayList<>();
        synchronized (runs) {
            runs.forEach((migration, heard) -> {
                if (!heard.missing() && heard.at().plus(missingAfter).isBefore(now)) {
                    String summary = migration + ": no statistics of its run for " + missingAfter.toSeconds()
                            + " s; look whether migration-runner and Kafka run";
                    missing.add(report(MISSING, migration, heard.runId(), summary, now, null));
                }
            });
        }
        take(missing);
        synchronized (runs) {
            missing.forEach(report -> runs.computeIfPresent(
                    report.labels().get(Labels.MIGRATION),
                    (name, heard) -> new Heard(heard.runId(), heard.at(), true)));
        }
    }

    private void take(List<Report> reports) {
        desk.take(reports).join();
    }

    private static Report report(
            String name, String migration, String runId, String summary, Instant at, @Nullable String ended) {
        return new Report(
                Labels.of(Map.of(Labels.NAME, name, Labels.MIGRATION, migration)),
                summary.isEmpty() ? Map.of() : Map.of("summary", summary),
                Source.DISPATCHER,
                Severity.CRITICAL,
                runId,
                at,
                at,
                null,
                ended,
                null,
                runId,
                null);
    }
}

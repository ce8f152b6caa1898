package io.flywatch.alerts;

import io.flywatch.alerts.AlertsConfig.IntakeConfig;
import io.flywatch.alerts.alert.Change;
import io.flywatch.alerts.alert.Entry;
import io.flywatch.alerts.alert.Entry.Limits;
import io.flywatch.alerts.alert.Posted;
import io.flywatch.alerts.alert.Report;
import io.flywatch.alerts.alert.Source;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Takes in what is posted. When it answers, what is good is stored. */
@Singleton
public final class Intake {

    private final Desk desk;
    private final IntakeConfig config;
    private final AlertMetrics metrics;
    private final SteadyClock clock;

    Intake(Desk desk, IntakeConfig config, AlertMetrics metrics, SteadyClock clock) {
        this.desk = desk;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * What became of posted alerts.
     *
     * @param changes what each good one changed, by its fingerprint
     * @param flaws what is wrong with each bad one, by its index
     */
    public record Taken(Map<String, Change> changes, Map<Integer, List<String>> flaws) {}

    /** Something could not be stored, because of the database or because too much waits. It may be tried again. */
    public static final class NotStoredException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotStoredException(String why, @Nullable Throwable cause) {
            super(why, cause);
        }
    }

    /** So many alerts may come at once. */
    public int most() {
        return config.alerts();
    }

    /**
     * Takes alerts in.
     *
     * @param expires whether an alert without an end counts as over after a while
     * @throws NotStoredException if they could not be stored
     */
    public Taken take(List<Posted> posted, Source source, boolean expires) {
        Instant now = clock.instant();
        Limits limits = new Limits(config.entries(), config.label(), config.annotation());
        Duration timeout = expires ? config.resolveTimeout() : null;
        List<Report> reports = new ArrayList<>();
        Map<Integer, List<String>> flaws = new LinkedHashMap<>();
        for (int i = 0; i < posted.size(); i++) {
            switch (Entry.of(posted.get(i), source, limits, timeout, now)) {
                case Entry.Good(Report report) -> reports.add(report);
                case Entry.Bad(List<String> wrong) -> flaws.put(i, wrong);
            }
        }
        List<Change> changes = stored(reports);
        metrics.received(source, reports.size());
        Map<String, Change> byFingerprint = new LinkedHashMap<>();
        for (int i = 0; i < reports.size(); i++) {
            byFingerprint.put(reports.get(i).fingerprint(), changes.get(i));
        }
        return new Taken(byFingerprint, flaws);
    }

    private List<Change> stored(List<Report> reports) {
        try {
            CompletableFuture<List<Change>> done = desk.take(reports);
            return done.get();
        } catch (Desk.BusyException e) {
            throw new NotStoredException(String.valueOf(e.getMessage()), e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Desk.BusyException busy
                    ? new NotStoredException(String.valueOf(busy.getMessage()), busy)
                    : new NotStoredException("the database did not store it", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotStoredException("the service stops", e);
        }
    }

    /** What a posted alert would be; null if something is wrong with it, with the flaws added. */
    public @Nullable Report read(Posted posted, List<String> flaws) {
        Limits limits = new Limits(config.entries(), config.label(), config.annotation());
        return switch (Entry.of(posted, Source.API, limits, config.resolveTimeout(), clock.instant())) {
            case Entry.Good(Report report) -> report;
            case Entry.Bad(List<String> wrong) -> {
                flaws.addAll(wrong);
                yield null;
            }
        };
    }
}

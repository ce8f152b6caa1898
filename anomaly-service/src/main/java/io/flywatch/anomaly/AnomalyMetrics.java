package io.flywatch.anomaly;

import io.flywatch.anomaly.detect.Board;
import io.flywatch.anomaly.episode.OpenEpisode;
import io.flywatch.anomaly.rule.RuleName;
import io.flywatch.anomaly.score.Intake.Verdict;
import io.flywatch.anomaly.series.Refusals;
import io.flywatch.anomaly.series.Sighting;
import io.flywatch.events.anomaly.AnomalyEvent;
import io.flywatch.events.anomaly.AnomalyOpened;
import io.flywatch.events.anomaly.Severity;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Every meter of the service. Each series is there from the start, at zero. */
@Singleton
public final class AnomalyMetrics {

    /** Why an event was skipped. */
    public enum Skipped {
        /** It is no JSON, or not of the contract. */
        UNREADABLE,
        /** It is of a type from the future. */
        UNKNOWN,
        /** It was readable, and could not be worked with all the same. */
        FAILED
    }

    private final MeterRegistry registry;
    private final Timer decision;
    private final Map<String, Set<Gauge>> scores = new HashMap<>();
    private final Map<String, Set<String>> watched = new HashMap<>();
    private volatile Board board = Board.EMPTY;

    AnomalyMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.decision = Timer.builder("anomaly.decision")
                .description("Time from a sample's own time to the decision on it")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(1))
                .register(registry);
        for (RuleName rule : RuleName.values()) {
            for (Severity severity : List.of(Severity.WARNING, Severity.CRITICAL)) {
                episodes(rule.id(), severity);
                Gauge.builder("anomaly.open", () -> open(rule, severity))
                        .description("Episodes that are open now")
                        .tags("rule", rule.id(), "severity", label(severity))
                        .register(registry);
            }
        }
        polls(true);
        polls(false);
        for (String topic : List.of("progress", "lag", "anomalies")) {
            read(topic);
            for (Skipped reason : Skipped.values()) {
                skips(topic, reason);
            }
        }
    }

    /** Shows how many flaws the file of rules has. */
    void rulesFileFlaws(Supplier<Number> flaws) {
        Gauge.builder("anomaly.rules.file.flaws", flaws)
                .description(
                        "Flaws in the file of rules as it is now; while there are any, the rules from before stay in force")
                .register(registry);
    }

    /** Shows how many points could not be taken. */
    void refusals(Refusals refusals) {
        for (Verdict verdict : Verdict.values()) {
            if (verdict != Verdict.TAKEN) {
                FunctionCounter.builder("anomaly.points.refused", refusals, counts -> counts.count(verdict))
                        .description("Points of series that could not be taken, by the reason")
                        .tag("reason", verdict.name().toLowerCase(Locale.ROOT))
                        .register(registry);
            }
        }
    }

    private double open(RuleName rule, Severity severity) {
        return board.migrations().values().stream()
                .flatMap(look -> look.open().stream())
                .map(OpenEpisode::anomaly)
                .filter(open -> open.rule().equals(rule.id()) && open.severity() == severity)
                .count();
    }

    private Counter episodes(String rule, Severity severity) {
        return Counter.builder("anomaly.episodes")
                .description("Episodes that opened, by the severity that they opened with")
                .tags("rule", rule, "severity", label(severity))
                .register(registry);
    }

    private Counter read(String topic) {
        return Counter.builder("anomaly.events")
                .description("Events read")
                .tag("topic", topic)
                .register(registry);
    }

    private Counter skips(String topic, Skipped reason) {
        return Counter.builder("anomaly.events.skipped")
                .description("Events that were skipped")
                .tags("topic", topic, "reason", reason.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private Counter polls(boolean answered) {
        return Counter.builder("anomaly.polls")
                .description("Queries that Prometheus was asked")
                .tag("outcome", answered ? "answered" : "failed")
                .register(registry);
    }

    /** Prometheus was asked. */
    public void polled(boolean answered) {
        polls(answered).increment();
    }

    private static String label(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    /** An event was read. */
    public void eventRead(String topic) {
        read(topic).increment();
    }

    /** An event was skipped. */
    public void eventSkipped(String topic, Skipped reason) {
        skips(topic, reason).increment();
    }

    /** A sample was decided on so long after its own time. */
    public void decided(Duration took) {
        decision.record(took.isNegative() ? Duration.ZERO : took);
    }

    /** The world was told. */
    public void told(AnomalyEvent event) {
        if (event instanceof AnomalyOpened opened) {
            episodes(opened.anomaly().rule(), opened.anomaly().severity()).increment();
        }
    }

    /** What is known now. */
    void show(Board now) {
        board = now;
    }

    /** Brings in the figures of what is watched now, and takes out those of what is gone. */
    void arrange() {
        Board now = board;
        Set<String> gone = new HashSet<>(scores.keySet());
        gone.removeAll(now.migrations().keySet());
        gone.forEach(migration -> scores.getOrDefault(migration, Set.of()).forEach(registry::remove));
        scores.keySet().removeAll(gone);
        watched.keySet().removeAll(gone);
        now.migrations().keySet().forEach(migration -> scores.computeIfAbsent(migration, this::scoresOf));
        now.migrations()
                .forEach((migration, look) -> look.series().values().stream()
                        .filter(seen -> seen.meaning().watched())
                        .forEach(seen -> watch(migration, seen.series())));
    }

    private void watch(String migration, String series) {
        if (watched.computeIfAbsent(migration, key -> new HashSet<>()).add(series)) {
            Set<Gauge> gauges = scores.getOrDefault(migration, new HashSet<>());
            gauges.add(gauge("value", "The newest value of a watched series", migration, series, Sighting::value));
            gauges.add(gauge(
                    "score",
                    "How unusual it is: 0 to 1",
                    migration,
                    series,
                    seen -> seen.reading().score()));
            gauges.add(gauge(
                    "expected",
                    "What was expected",
                    migration,
                    series,
                    seen -> seen.reading().expected()));
            gauges.add(gauge(
                    "lower",
                    "The expected band's lower end",
                    migration,
                    series,
                    seen -> seen.reading().lower()));
            gauges.add(gauge(
                    "upper",
                    "The expected band's upper end",
                    migration,
                    series,
                    seen -> seen.reading().upper()));
        }
    }

    private Gauge gauge(String what, String about, String migration, String series, ToDoubleFunction<Sighting> figure) {
        return Gauge.builder("anomaly.series." + what, () -> {
                    Sighting seen = board.of(migration).series().get(series);
                    return seen == null ? Double.NaN : figure.applyAsDouble(seen);
                })
                .description(about)
                .tags("migration_id", migration, "series", series)
                .register(registry);
    }

    private Set<Gauge> scoresOf(String migration) {
        Set<Gauge> gauges = new HashSet<>();
        for (RuleName rule : RuleName.values()) {
            gauges.add(Gauge.builder("anomaly.score", () -> score(migration, rule))
                    .description("How near a rule is to its limit: over 1 is beyond it, NaN is not measured")
                    .tags(Tags.of("migration_id", migration, "rule", rule.id()))
                    .register(registry));
        }
        return gauges;
    }

    private double score(String migration, RuleName rule) {
        return board.of(migration).scores().getOrDefault(rule, Double.NaN);
    }
}

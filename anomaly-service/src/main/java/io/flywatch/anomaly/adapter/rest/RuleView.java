package io.flywatch.anomaly.adapter.rest;

import io.flywatch.anomaly.AnomalyConfig;
import io.flywatch.events.anomaly.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A rule in force.
 *
 * @param rule its name
 * @param severities what it can lead to
 * @param meaning what it finds
 * @param settings its configuration keys, under {@code flywatch.rules.}, with their values
 */
public record RuleView(String rule, List<Severity> severities, String meaning, Map<String, Object> settings) {

    static List<RuleView> of(AnomalyConfig config) {
        return List.of(
                lowThroughput(config),
                highErrorRate(config),
                highLag(config),
                stalled(config),
                simple(
                        config,
                        "unusual",
                        "A series that matters left the range that its own past makes one expect.",
                        Map.of(
                                "sensitivity",
                                config.sensitivity(),
                                "unusual.after",
                                config.unusual().after())),
                simple(
                        config,
                        "falling_behind",
                        "More arrives than is applied, so that the backlog will not be worked off.",
                        Map.of(
                                "falling-behind.min-backlog",
                                config.fallingBehind().minBacklog(),
                                "falling-behind.after",
                                config.fallingBehind().after())),
                simple(
                        config,
                        "eta_slipping",
                        "The estimated end moves away.",
                        Map.of(
                                "eta-slipping.by",
                                config.etaSlipping().by(),
                                "eta-slipping.after",
                                config.etaSlipping().after())),
                rule(
                        "low_headroom",
                        List.of(Severity.WARNING, Severity.CRITICAL),
                        "The source, or Kafka, soon throws away what was not read.",
                        new LinkedHashMap<>(Map.of(
                                "low-headroom.warning",
                                config.lowHeadroom().warning(),
                                "low-headroom.critical",
                                config.lowHeadroom().critical(),
                                "low-headroom.after",
                                config.lowHeadroom().after())),
                        config),
                simple(
                        config,
                        "heartbeat_stopped",
                        "No heartbeat has come through for a while.",
                        Map.of(
                                "heartbeat-stopped.limit",
                                config.heartbeatStopped().limit())),
                simple(
                        config,
                        "dead_letters",
                        "Changes were put into the dead letters within the last minute.",
                        Map.of("dead-letters.tolerated", config.deadLetters().tolerated())),
                simple(
                        config,
                        "source_burst",
                        "Many times the usual number of changes arrives.",
                        Map.of(
                                "source-burst.times",
                                config.sourceBurst().times(),
                                "source-burst.least",
                                config.sourceBurst().least(),
                                "source-burst.after",
                                config.sourceBurst().after())),
                simple(
                        config,
                        "samples_missing",
                        "Neither the runner nor the processor can be heard.",
                        Map.of("samples-missing.after", config.samplesMissing().after())),
                simple(
                        config,
                        "blocked_sessions",
                        "Sessions wait for locks that the run holds.",
                        Map.of(
                                "blocked-sessions.limit",
                                config.blockedSessions().limit())));
    }

    private static RuleView simple(AnomalyConfig config, String name, String meaning, Map<String, Object> settings) {
        return rule(name, List.of(Severity.WARNING), meaning, new LinkedHashMap<>(settings), config);
    }

    private static RuleView lowThroughput(AnomalyConfig config) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("low-throughput.share", config.lowThroughput().share());
        settings.put("low-throughput.after", config.lowThroughput().after());
        settings.put("low-throughput.min-backlog", config.lowThroughput().minBacklog());
        settings.put("warm-up", config.warmUp());
        return rule(
                "low_throughput",
                List.of(Severity.WARNING),
                "Rows come at less than a share of the expected rate; in streaming, of what arrives while the backlog grows.",
                settings,
                config);
    }

    private static RuleView highErrorRate(AnomalyConfig config) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("high-error-rate.limit", config.highErrorRate().limit());
        settings.put("high-error-rate.window", config.highErrorRate().window());
        settings.put("high-error-rate.min-errors", config.highErrorRate().minErrors());
        settings.put("high-error-rate.after", config.highErrorRate().after());
        return rule(
                "high_error_rate",
                List.of(Severity.CRITICAL),
                "Too large a share of the records of the last while can't be applied.",
                settings,
                config);
    }

    private static RuleView highLag(AnomalyConfig config) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("high-lag.warning", config.highLag().warning());
        settings.put("high-lag.critical", config.highLag().critical());
        settings.put("high-lag.after", config.highLag().after());
        settings.put("warm-up", config.warmUp());
        return rule(
                "high_lag",
                List.of(Severity.WARNING, Severity.CRITICAL),
                "The target is too far behind the source: the greater of lag and staleness.",
                settings,
                config);
    }

    private static RuleView stalled(AnomalyConfig config) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("stalled.after", config.stalled().after());
        settings.put("stalled.broken-after", config.stalled().brokenAfter());
        return rule(
                "stalled",
                List.of(Severity.CRITICAL),
                "No progress at all: no row moves though some are left, nothing comes through from the source, or the samples"
                        + " themselves stop.",
                settings,
                config);
    }

    private static RuleView rule(
            String name,
            List<Severity> severities,
            String meaning,
            Map<String, Object> settings,
            AnomalyConfig config) {
        settings.put("recovery", config.recovery());
        return new RuleView(name, severities, meaning, settings);
    }
}

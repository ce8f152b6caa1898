package io.flywatch.alerts.policy;

import io.flywatch.alerts.alert.Flapping;
import io.flywatch.alerts.deliver.ReceiverSpec;
import io.flywatch.alerts.inhibit.Inhibition;
import io.flywatch.alerts.match.Matcher;
import io.flywatch.alerts.match.Matcher.Op;
import io.flywatch.alerts.route.Route;
import io.flywatch.events.anomaly.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What holds where nothing is declared. */
public final class Defaults {

    /** How long the first alert of a group waits for others. */
    public static final Duration WAIT = Duration.ofSeconds(10);

    /** How long further alerts of a group wait at least after the last notice. */
    public static final Duration INTERVAL = Duration.ofMinutes(5);

    /** After how long a notice is repeated. */
    public static final Duration REPEAT = Duration.ofHours(4);

    /** When an alert counts as flapping. */
    public static final Flapping FLAPPING = new Flapping(5, Duration.ofMinutes(15), Duration.ofMinutes(10));

    /** So many new groups a minute are told one by one. */
    public static final int STORM = 60;

    /** How long before its end a silence is told to end. */
    public static final Duration SILENCE_NOTICE = Duration.ofMinutes(15);

    /** A stopped connector makes lag, and a failed run makes low throughput: who hears of the one needs not hear of the other. */
    public static final List<Inhibition> INHIBITIONS = List.of(
            new Inhibition(
                    "connector-stopped",
                    List.of(new Matcher("alertname", Op.MATCHES, "connector_(stopped|failed|down)")),
                    List.of(new Matcher("alertname", Op.MATCHES, "high_lag|stalled|low_throughput|no_statistics")),
                    List.of("migration")),
            new Inhibition(
                    "stalled",
                    List.of(new Matcher("alertname", Op.IS, "stalled")),
                    List.of(new Matcher("alertname", Op.MATCHES, "high_lag|low_throughput")),
                    List.of("migration")),
            new Inhibition(
                    "run-failed",
                    List.of(new Matcher("alertname", Op.IS, "run_failed")),
                    List.of(new Matcher("alertname", Op.MATCHES, "high_lag|stalled|low_throughput|no_statistics")),
                    List.of("migration")));

    private Defaults() {}

    /** Routes by severity alone, each alert by itself and at once. */
    public static Route bySeverity(Map<Severity, List<String>> receivers) {
        List<Route> children = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            String word = severity.name().toLowerCase(Locale.ROOT);
            Matcher matcher = new Matcher("severity", Op.IS, word);
            children.add(
                    each("root/" + matcher, List.of(matcher), receivers.getOrDefault(severity, List.of()), List.of()));
        }
        return each("root", List.of(), List.of(), children);
    }

    private static Route each(String path, List<Matcher> matchers, List<String> receivers, List<Route> children) {
        return new Route(
                path,
                matchers,
                receivers,
                List.of(Route.EACH),
                Duration.ZERO,
                Duration.ZERO,
                REPEAT,
                List.of(),
                null,
                false,
                children);
    }

    /** The whole, if there is no file. */
    public static Policy policy(Route root, Map<String, ReceiverSpec> receivers) {
        return new Policy(root, INHIBITIONS, Map.of(), Map.of(), receivers, FLAPPING, STORM, SILENCE_NOTICE, null);
    }
}

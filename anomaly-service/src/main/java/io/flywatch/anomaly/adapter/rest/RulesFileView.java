package io.flywatch.anomaly.adapter.rest;

import io.flywatch.anomaly.RuleBook;
import io.flywatch.anomaly.detect.Maintenance;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the file of rules stands.
 *
 * @param file where it is; null without one
 * @param loadedAt since when the rules in force are so
 * @param flaws what is wrong with the file as it is now, with line and column; the rules from before stay in force
 * @param declared the series that the file has rules of its own for
 * @param polled what Prometheus is asked for, and why it does not answer if it doesn't
 * @param maintenance when nothing is told and nothing is learned
 */
public record RulesFileView(
        @Nullable String file,
        Instant loadedAt,
        List<String> flaws,
        List<String> declared,
        List<Polled> polled,
        List<Maintenance> maintenance) {
    public RulesFileView {
        flaws = List.copyOf(flaws);
        declared = List.copyOf(declared);
        polled = List.copyOf(polled);
        maintenance = List.copyOf(maintenance);
    }

    /**
     * A series that Prometheus is asked for.
     *
     * @param series as anomalies name it, without the labels of several results
     * @param judged whether it is told of by itself; others explain, or have declared rules
     * @param trouble why there is no answer; null if there is one
     */
    public record Polled(
            String series,
            String query,
            String migration,
            boolean judged,
            @Nullable String trouble) {}

    static RulesFileView of(RuleBook.State state, Map<String, String> troubles) {
        return new RulesFileView(
                state.config().file().orElse(null),
                state.loadedAt(),
                state.flaws(),
                state.file().declared().stream().map(rule -> rule.measure()).toList(),
                state.file().polled().stream()
                        .map(query -> new Polled(
                                query.series(),
                                query.query(),
                                query.migration(),
                                query.meaning().watched(),
                                troubles.get(query.name())))
                        .toList(),
                state.file().maintenance());
    }
}

package io.flywatch.anomaly.adapter.rest;

import io.flywatch.anomaly.RuleBook;
import io.flywatch.anomaly.detect.Maintenance;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the file of rules stands.
 *
 * @param file where it is; null without one
 * @param loadedAt since when the rules in force are so
 * @param flaws what is wrong with the file as it is now, with line and column; the rules from before stay in force
 * @param declared the series that the file has rules of its own for
 * @param maintenance when nothing is told and nothing is learned
 */
public record RulesFileView(
        @Nullable String file,
        Instant loadedAt,
        List<String> flaws,
        List<String> declared,
        List<Maintenance> maintenance) {
    public RulesFileView {
        flaws = List.copyOf(flaws);
        declared = List.copyOf(declared);
        maintenance = List.copyOf(maintenance);
    }

    static RulesFileView of(RuleBook.State state) {
        return new RulesFileView(
                state.config().file().orElse(null),
                state.loadedAt(),
                state.flaws(),
                state.file().declared().stream().map(rule -> rule.measure()).toList(),
                state.file().maintenance());
    }
}

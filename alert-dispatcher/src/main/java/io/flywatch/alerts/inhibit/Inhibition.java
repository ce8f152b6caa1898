package io.flywatch.alerts.inhibit;

import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.match.Matcher;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * While a source fires, its targets are not told.
 *
 * @param sources what a source matches
 * @param targets what a target matches
 * @param equal labels that both must have in common; one that both lack counts as common
 */
public record Inhibition(String name, List<Matcher> sources, List<Matcher> targets, List<String> equal) {

    public Inhibition {
        sources = List.copyOf(sources);
        targets = List.copyOf(targets);
        equal = List.copyOf(equal);
    }

    /** Whether alerts with such labels can be sources. */
    public boolean isSource(Map<String, String> facts) {
        return Matcher.all(sources, facts);
    }

    /** Whether alerts with such labels can be targets. */
    public boolean isTarget(Map<String, String> facts) {
        return Matcher.all(targets, facts);
    }

    /**
     * The firing alert that inhibits another, if there is one. None inhibits itself, and of two alerts that are both source and target
     * neither inhibits the other: someone has to be told.
     */
    public Optional<Alert> by(Alert target, Collection<Alert> firing) {
        Map<String, String> facts = target.facts();
        if (!isTarget(facts)) {
            return Optional.empty();
        }
        boolean both = isSource(facts);
        return firing.stream()
                .filter(source -> source.fires() && !source.fingerprint().equals(target.fingerprint()))
                .filter(source -> inhibits(source.facts(), facts, both))
                .findFirst();
    }

    private boolean inhibits(Map<String, String> source, Map<String, String> target, boolean both) {
        return isSource(source) && !(both && isTarget(source)) && alike(source, target);
    }

    private boolean alike(Map<String, String> source, Map<String, String> target) {
        return equal.stream().allMatch(label -> source.getOrDefault(label, "").equals(target.getOrDefault(label, "")));
    }
}

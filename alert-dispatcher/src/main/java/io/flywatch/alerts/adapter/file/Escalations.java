package io.flywatch.alerts.adapter.file;

import io.flywatch.alerts.escalate.Escalation;
import io.flywatch.alerts.escalate.Escalation.Step;
import io.flywatch.alerts.policy.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads escalations; one may go on with another, but none with itself. */
final class Escalations {

    private final Map<String, Cursor> declared = new LinkedHashMap<>();
    private final Set<String> receivers;

    Escalations(Cursor file, Set<String> receivers) {
        this.receivers = receivers;
        for (Cursor at : file.each("escalations")) {
            at.knows("name", "steps", "then");
            String name = at.needed("name");
            if (declared.put(name, at) != null) {
                at.flaw("there are two escalations '" + name + "'");
            }
        }
    }

    Map<String, Escalation> read() {
        Map<String, Escalation> all = new LinkedHashMap<>();
        declared.forEach((name, at) -> all.put(name, new Escalation(name, steps(name, new LinkedHashSet<>()))));
        return all;
    }

    private List<Step> steps(String name, Set<String> way) {
        Cursor at = declared.get(name);
        if (at == null) {
            return List.of();
        }
        if (!way.add(name)) {
            at.flaw("the escalation goes in a circle: " + String.join(" then ", way) + " then " + name);
            return List.of();
        }
        List<Step> steps = new ArrayList<>();
        Duration last = Duration.ZERO;
        for (Cursor step : at.each("steps")) {
            step.knows("after", "receivers");
            Duration after = step.read("after", last, Durations::parse);
            if (step.get("after").isEmpty()) {
                step.flaw("'after' is missing");
            } else if (after.compareTo(last) < 0 || after.isZero()) {
                step.flaw("each step has to come later than the one before");
            }
            List<String> told = RouteTree.names(step, "receivers", receivers, "receiver");
            if (told.isEmpty()) {
                step.flaw("a step needs receivers");
            }
            steps.add(new Step(after, told));
            last = after;
        }
        if (steps.isEmpty()) {
            at.flaw("an escalation needs steps");
        }
        String then = at.text("then").orElse(null);
        if (then != null) {
            if (!declared.containsKey(then)) {
                at.get("then").orElse(at).flaw("there is no escalation '" + then + "'");
            }
            Duration offset = last;
            steps(then, way).forEach(step -> steps.add(new Step(offset.plus(step.after()), step.receivers())));
        }
        return steps;
    }
}

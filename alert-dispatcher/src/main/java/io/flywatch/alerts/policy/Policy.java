package io.flywatch.alerts.policy;

import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.alert.Flapping;
import io.flywatch.alerts.deliver.ReceiverSpec;
import io.flywatch.alerts.escalate.Escalation;
import io.flywatch.alerts.group.Planner;
import io.flywatch.alerts.inhibit.Inhibition;
import io.flywatch.alerts.mute.MuteTime;
import io.flywatch.alerts.route.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that decides who is told what.
 *
 * @param storm how many new groups a minute a receiver is told one by one; more are summed up. 0 for any number
 * @param silenceNotice how long before its end a silence is told to end; zero for never
 */
public record Policy(
        Route root,
        List<Inhibition> inhibitions,
        Map<String, MuteTime> mutes,
        Map<String, Escalation> escalations,
        Map<String, ReceiverSpec> receivers,
        Flapping flapping,
        int storm,
        Duration silenceNotice,
        @Nullable Heartbeat heartbeat) {

    /**
     * A sign of life.
     *
     * @param receiver who gets it
     */
    public record Heartbeat(String receiver, Duration every) {}

    public Policy {
        inhibitions = List.copyOf(inhibitions);
        mutes = Map.copyOf(mutes);
        escalations = Map.copyOf(escalations);
        receivers = new LinkedHashMap<>(receivers);
    }

    /** The routes of an alert. */
    public List<Route> routes(Alert alert) {
        return root.of(alert.facts());
    }

    /** A route by its path. */
    public Optional<Route> route(String path) {
        return root.all().stream().filter(route -> route.path().equals(path)).findFirst();
    }

    /** Who decides for a route's groups. */
    public Planner planner(Route route) {
        return new Planner(
                route,
                route.receivers().stream().filter(receivers::containsKey).toList(),
                route.escalation() == null ? null : escalations.get(route.escalation()),
                flapping);
    }

    /** Whether an alert could inhibit others. */
    public boolean inhibits(Alert alert) {
        return inhibitions.stream().anyMatch(rule -> rule.isSource(alert.facts()));
    }

    /** Whether an alert could be inhibited. */
    public boolean inhibitable(Alert alert) {
        return inhibitions.stream().anyMatch(rule -> rule.isTarget(alert.facts()));
    }

    /** What is wrong with it as a whole: names that nothing has. */
    public List<String> flaws() {
        List<String> flaws = new ArrayList<>();
        for (Route route : root.all()) {
            route.mutes().stream()
                    .filter(name -> !mutes.containsKey(name))
                    .forEach(name -> flaws.add(
                            "route " + route.path() + " names the mute time '" + name + "', which there is not"));
        }
        return flaws;
    }
}

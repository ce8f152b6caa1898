package io.flywatch.alerts.adapter.file;

import io.flywatch.alerts.match.Matcher;
import io.flywatch.alerts.policy.Defaults;
import io.flywatch.alerts.policy.Durations;
import io.flywatch.alerts.route.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the tree of routes; a node has what its parent has where it says nothing. */
final class RouteTree {

    private final Set<String> receivers;
    private final Set<String> mutes;
    private final Set<String> escalations;

    RouteTree(Set<String> receivers, Set<String> mutes, Set<String> escalations) {
        this.receivers = receivers;
        this.mutes = mutes;
        this.escalations = escalations;
    }

    Route root(Cursor at) {
        if (at.get("matchers").isPresent()) {
            at.flaw("the root matches everything and can't have matchers");
        }
        if (at.texts("receivers").isEmpty() && at.texts("receiver").isEmpty()) {
            at.flaw("the root needs receivers: who is told what no other route takes");
        }
        return node(at, null, "root");
    }

    private Route node(Cursor at, @Nullable Route parent, String path) {
        at.knows(
                "matchers",
                "receivers",
                "receiver",
                "group_by",
                "group_wait",
                "group_interval",
                "repeat_interval",
                "mute_times",
                "escalation",
                "continue",
                "routes");
        List<String> told = names(at, "receivers", receivers, "receiver");
        told.addAll(names(at, "receiver", receivers, "receiver"));
        List<String> groupBy = at.texts("group_by");
        Route bare = new Route(
                path,
                matchers(at, "matchers"),
                told.isEmpty() && parent != null ? parent.receivers() : told,
                groupBy.isEmpty() ? parent == null ? List.of("alertname", "migration") : parent.groupBy() : groupBy,
                at.read("group_wait", parent == null ? Defaults.WAIT : parent.hold(), Durations::parse),
                at.read("group_interval", parent == null ? Defaults.INTERVAL : parent.interval(), Durations::parse),
                at.read("repeat_interval", parent == null ? Defaults.REPEAT : parent.repeat(), Durations::parse),
                names(at, "mute_times", mutes, "mute time"),
                escalation(at, parent),
                at.read("continue", false, RouteTree::flag),
                List.of());
        if (bare.repeat().isZero()) {
            at.flaw("repeat_interval has to be longer than nothing");
        }
        return withChildren(at, bare);
    }

    private Route withChildren(Cursor at, Route bare) {
        List<Route> children = new ArrayList<>();
        Map<String, Integer> paths = new HashMap<>();
        boolean closed = false;
        for (Cursor child : at.each("routes")) {
            if (closed) {
                child.flaw("nothing comes to this route: one before it has no matchers and does not continue");
            }
            closed |= child.get("matchers").isEmpty()
                    && !child.text("continue").orElse("").equals("true");
            String matchers =
                    child.texts("matchers").stream().map(RouteTree::normal).collect(Collectors.joining(","));
            String name = bare.path() + "/" + (matchers.isEmpty() ? "*" : matchers);
            int before = paths.merge(name, 1, Integer::sum);
            children.add(node(child, bare, before == 1 ? name : name + "#" + before));
        }
        return new Route(
                bare.path(),
                bare.matchers(),
                bare.receivers(),
                bare.groupBy(),
                bare.hold(),
                bare.interval(),
                bare.repeat(),
                bare.mutes(),
                bare.escalation(),
                bare.goOn(),
                children);
    }

    /** A matcher as it is written elsewhere; one that is wrong stays as it is, and is told of when it is read. */
    private static String normal(String matcher) {
        try {
            return Matcher.parse(matcher).toString();
        } catch (IllegalArgumentException e) {
            return matcher;
        }
    }

    private @Nullable String escalation(Cursor at, @Nullable Route parent) {
        String name = at.text("escalation").orElse(null);
        if (name == null) {
            return parent == null ? null : parent.escalation();
        }
        if (!escalations.contains(name)) {
            at.get("escalation")
                    .orElse(at)
                    .flaw("there is no escalation '" + name + "'; there are " + listed(escalations));
        }
        return name;
    }

    static List<Matcher> matchers(Cursor at, String key) {
        List<Matcher> matchers = new ArrayList<>();
        at.each(key).forEach(element -> {
            matchers.addAll(element.read(List.<Matcher>of(), text -> List.of(Matcher.parse(text))));
        });
        Matcher.contradiction(matchers).ifPresent(what -> at.get(key).orElse(at).flaw(what));
        return matchers;
    }

    /** Names that have to be known. */
    static List<String> names(Cursor at, String key, Set<String> known, String what) {
        List<String> names = new ArrayList<>(at.texts(key));
        names.stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> at.get(key)
                        .orElse(at)
                        .flaw("there is no " + what + " '" + name + "'; there are " + listed(known)));
        return names;
    }

    private static String listed(Set<String> names) {
        return names.isEmpty() ? "none" : names.stream().sorted().collect(Collectors.joining(", "));
    }

    static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        };
    }
}

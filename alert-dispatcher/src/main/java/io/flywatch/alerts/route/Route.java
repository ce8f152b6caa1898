package io.flywatch.alerts.route;

import io.flywatch.alerts.match.Matcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node of the tree of routes. An alert goes down to the deepest nodes that match; a node that does not {@code goOn} ends the search
 * among its siblings.
 *
 * @param path what it is called: its matchers from the root on
 * @param matchers all of them have to match
 * @param receivers who is told
 * @param groupBy the labels whose values put alerts together; {@code ...} for all of them, that is, each alert alone
 * @param hold how long the first alert of a group waits for others
 * @param interval how long further alerts of a group wait at least after the last notice
 * @param repeat after how long a notice is repeated
 * @param mutes the mute times in which nobody is told
 * @param escalation who is told next if nobody acknowledges
 */
public record Route(
        String path,
        List<Matcher> matchers,
        List<String> receivers,
        List<String> groupBy,
        Duration hold,
        Duration interval,
        Duration repeat,
        List<String> mutes,
        @Nullable String escalation,
        boolean goOn,
        List<Route> children) {

    /** Groups by every label. */
    public static final String EACH = "...";

    public Route {
        matchers = List.copyOf(matchers);
        receivers = List.copyOf(receivers);
        groupBy = List.copyOf(groupBy);
        mutes = List.copyOf(mutes);
        children = List.copyOf(children);
    }

    /** The nodes that an alert goes to; none if this one does not match. */
    public List<Route> of(Map<String, String> facts) {
        if (!Matcher.all(matchers, facts)) {
            return List.of();
        }
        List<Route> found = new ArrayList<>();
        for (Route child : children) {
            List<Route> deeper = child.of(facts);
            found.addAll(deeper);
            if (!deeper.isEmpty() && !child.goOn()) {
                break;
            }
        }
        return found.isEmpty() ? List.of(this) : found;
    }

    /** Whether each alert is a group of its own. */
    public boolean each() {
        return groupBy.contains(EACH);
    }

    /** This node and all under it. */
    public List<Route> all() {
        List<Route> all = new ArrayList<>(List.of(this));
        children.forEach(child -> all.addAll(child.all()));
        return all;
    }
}

package io.flywatch.alerts.group;

import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.alert.Labels;
import io.flywatch.alerts.route.Route;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Alerts that are told together.
 *
 * @param route the path of its route
 * @param thread what its notices have in common at every receiver: the fingerprint of its labels, whatever the route
 * @param labels the labels that its alerts share
 * @param since when its first alert came, of those that are there
 * @param toldAt when anything of it was told last, other than an end; null for never
 * @param escalated how many steps of the escalation were taken
 */
public record Group(
        String route,
        String thread,
        Labels labels,
        Instant since,
        @Nullable Instant toldAt,
        int escalated) {

    /** A group's identity. */
    public record Key(String route, String thread) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byRoute = route.compareTo(other.route);
            return byRoute != 0 ? byRoute : thread.compareTo(other.thread);
        }

        /** Both in one, in hex. */
        public String fingerprint() {
            return Labels.of(Map.of("route", route, "thread", thread)).fingerprint();
        }
    }

    /** Its identity. */
    public Key key() {
        return new Key(route, thread);
    }

    /** The group that an alert is in on a route, as it is when the alert is its first. */
    public static Group of(Route route, Alert alert, Instant now) {
        Labels labels = route.each() ? alert.labels() : alert.labels().only(route.groupBy());
        String thread = route.each() ? alert.fingerprint() : labels.fingerprint();
        return new Group(route.path(), thread, labels, now, null, 0);
    }
}

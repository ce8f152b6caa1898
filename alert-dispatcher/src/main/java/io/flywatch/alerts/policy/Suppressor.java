package io.flywatch.alerts.policy;

import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.group.Reason;
import io.flywatch.alerts.group.Suppression;
import io.flywatch.alerts.inhibit.Inhibition;
import io.flywatch.alerts.mute.MuteTime;
import io.flywatch.alerts.route.Route;
import io.flywatch.alerts.silence.Silence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Knows what is against telling of an alert: silences, then inhibitions, then the route's mute times.
 *
 * @param sources the firing alerts that could inhibit others
 */
public record Suppressor(Policy policy, List<Silence> silences, List<Alert> sources, Instant now) {
    public Suppressor {
        silences = List.copyOf(silences);
        sources = List.copyOf(sources);
    }

    /** What is against telling of an alert by a route; null if nothing is. */
    public @Nullable Suppression of(Alert alert, Route route) {
        return silenced(alert).or(() -> inhibited(alert)).or(() -> muted(route)).orElse(null);
    }

    private Optional<Suppression> silenced(Alert alert) {
        return silences.stream()
                .filter(silence -> silence.covers(alert.facts(), now))
                .findFirst()
                .map(silence -> new Suppression(
                        Reason.SILENCED,
                        "the silence " + silence.id() + " by " + silence.createdBy() + " covers it until "
                                + silence.endsAt() + ": " + silence.comment(),
                        silence.endsAt()));
    }

    private Optional<Suppression> inhibited(Alert alert) {
        for (Inhibition rule : policy.inhibitions()) {
            Optional<Alert> source = rule.by(alert, sources);
            if (source.isPresent()) {
                return Optional.of(new Suppression(
                        Reason.INHIBITED,
                        "the inhibition '" + rule.name() + "' holds it back while "
                                + source.get().name() + " (" + source.get().fingerprint() + ") fires",
                        null));
            }
        }
        return Optional.empty();
    }

    private Optional<Suppression> muted(Route route) {
        for (String name : route.mutes()) {
            MuteTime mute = policy.mutes().get(name);
            if (mute != null && mute.contains(now)) {
                Instant until = mute.until(now);
                return Optional.of(new Suppression(
                        Reason.MUTED, "the mute time '" + name + "' of its route lasts until " + until, until));
            }
        }
        return Optional.empty();
    }
}

package io.flywatch.alerts.adapter.rest;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.group.Group;
import io.flywatch.alerts.match.Matcher;
import io.flywatch.alerts.match.Matcher.Op;
import io.flywatch.alerts.policy.Policy;
import io.flywatch.alerts.silence.Silence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Alerts and silences in Alertmanager's form. */
final class AmView {

    private static final Duration LONG = Duration.ofDays(365);

    private AmView() {}

    /** An alert. */
    public record AmAlert(
            Map<String, String> labels,
            Map<String, String> annotations,
            Instant startsAt,
            Instant endsAt,
            Instant updatedAt,
            String fingerprint,
            String generatorURL,
            List<Map<String, String>> receivers,
            AmStatus status) {}

    /** Alerts that a receiver is told of together. */
    public record AmGroup(Map<String, String> labels, Map<String, String> receiver, List<AmAlert> alerts) {}

    /** An alert's status. */
    public record AmStatus(String state, List<String> silencedBy, List<String> inhibitedBy, List<String> mutedBy) {}

    /** A silence. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record AmSilence(
            @Nullable String id,
            @JsonSetter(contentNulls = Nulls.FAIL) @Nullable List<AmMatcher> matchers,
            @Nullable Instant startsAt,
            @Nullable Instant endsAt,
            @Nullable String createdBy,
            @Nullable String comment,
            @Nullable Instant updatedAt,
            @Nullable Map<String, String> status) {
        SilenceResource.Wanted wanted() {
            List<String> texts = matchers == null
                    ? null
                    : matchers.stream()
                            .map(AmMatcher::matcher)
                            .map(Matcher::toString)
                            .toList();
            return new SilenceResource.Wanted(texts, startsAt, endsAt, null, createdBy, comment);
        }
    }

    /** A matcher. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record AmMatcher(
            @Nullable String name,
            @Nullable String value,
            boolean isRegex,
            @Nullable Boolean isEqual) {
        Matcher matcher() {
            if (name == null) {
                throw Problems.bad("No silence", "A matcher has no name.", "Name the label that it is about.");
            }
            boolean equal = isEqual == null || isEqual;
            Op op = isRegex ? equal ? Op.MATCHES : Op.MATCHES_NOT : equal ? Op.IS : Op.IS_NOT;
            try {
                return new Matcher(name, op, value == null ? "" : value);
            } catch (IllegalArgumentException e) {
                throw Problems.bad("No silence", e.getMessage() + ".", "Mend the matcher.");
            }
        }

        static AmMatcher of(Matcher matcher) {
            boolean regex = matcher.op() == Op.MATCHES || matcher.op() == Op.MATCHES_NOT;
            boolean equal = matcher.op() == Op.MATCHES || matcher.op() == Op.IS;
            return new AmMatcher(matcher.label(), matcher.value(), regex, equal);
        }
    }

    /**
     * Which alerts are asked for.
     *
     * @param active whether those that nothing keeps quiet are
     */
    record Wanted(List<Matcher> matchers, boolean active, boolean silenced, boolean inhibited, Pattern receiver) {

        static Wanted of(List<String> filters, boolean active, boolean silenced, boolean inhibited, String receiver) {
            try {
                return new Wanted(parsed(filters), active, silenced, inhibited, Pattern.compile(receiver));
            } catch (IllegalArgumentException e) {
                throw Problems.bad("No filter", e.getMessage() + ".", "Send filter=label=\"value\".");
            }
        }

        boolean has(AmAlert alert) {
            AmStatus status = alert.status();
            boolean quiet =
                    !status.silencedBy().isEmpty() || !status.inhibitedBy().isEmpty();
            return (quiet || active)
                    && (silenced || status.silencedBy().isEmpty())
                    && (inhibited || status.inhibitedBy().isEmpty())
                    && Matcher.all(matchers, alert.labels())
                    && (receiver.pattern().isEmpty()
                            || alert.receivers().stream().anyMatch(this::isOf));
        }

        /** Whether a receiver is asked for. */
        boolean isOf(Map<String, String> name) {
            return receiver.pattern().isEmpty()
                    || receiver.matcher(name.get("name")).matches();
        }
    }

    static List<Matcher> parsed(List<String> filters) {
        return filters.stream().map(Matcher::parse).toList();
    }

    /** Whether a silence is about what filters ask for: each of them holds for one of its own matchers. */
    static boolean isAbout(Silence silence, List<Matcher> filters) {
        return filters.stream()
                .allMatch(filter -> silence.matchers().stream()
                        .filter(matcher -> matcher.label().equals(filter.label()))
                        .anyMatch(matcher -> filter.matches(Map.of(matcher.label(), matcher.value()))));
    }

    static AmAlert of(Alert alert, List<Silence> silences, List<Alert> sources, Policy policy, Instant now) {
        List<String> silencedBy = silences.stream()
                .filter(silence -> silence.covers(alert.facts(), now))
                .map(Silence::id)
                .toList();
        List<Map<String, String>> receivers = policy.routes(alert).stream()
                .flatMap(route -> route.receivers().stream())
                .distinct()
                .map(name -> Map.of("name", name))
                .toList();
        List<String> inhibitedBy = policy.inhibitions().stream()
                .flatMap(rule -> rule.by(alert, sources).stream())
                .map(AmView::fingerprint)
                .distinct()
                .toList();
        boolean active = silencedBy.isEmpty() && inhibitedBy.isEmpty();
        Instant ends = alert.expiresAt() == null ? now.plus(LONG) : alert.expiresAt();
        return new AmAlert(
                alert.facts(),
                alert.annotations(),
                alert.startsAt(),
                ends,
                alert.updatedAt(),
                fingerprint(alert),
                alert.generator() == null ? "" : alert.generator(),
                receivers,
                new AmStatus(active ? "active" : "suppressed", silencedBy, inhibitedBy, List.of()));
    }

    /** The alerts that are told together, by receiver. */
    static List<AmGroup> groups(Map<Alert, AmAlert> shown, Policy policy, Instant now) {
        Map<List<Object>, AmGroup> groups = new LinkedHashMap<>();
        shown.forEach((alert, view) -> policy.routes(alert).forEach(route -> {
            Group group = Group.of(route, alert, now);
            for (String receiver : route.receivers()) {
                groups.computeIfAbsent(
                                List.of(group.key(), receiver),
                                key -> new AmGroup(
                                        group.labels().values(), Map.of("name", receiver), new ArrayList<>()))
                        .alerts()
                        .add(view);
            }
        }));
        return List.copyOf(groups.values());
    }

    private static String fingerprint(Alert alert) {
        return alert.fingerprint().substring(0, 16);
    }

    static AmSilence of(Silence silence, Instant now) {
        return new AmSilence(
                silence.id(),
                silence.matchers().stream().map(AmMatcher::of).toList(),
                silence.startsAt(),
                silence.endsAt(),
                silence.createdBy(),
                silence.comment(),
                silence.startsAt(),
                Map.of("state", silence.state(now).name().toLowerCase(java.util.Locale.ROOT)));
    }
}

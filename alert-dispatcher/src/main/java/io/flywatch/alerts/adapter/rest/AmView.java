package io.flywatch.alerts.adapter.rest;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.match.Matcher;
import io.flywatch.alerts.match.Matcher.Op;
import io.flywatch.alerts.policy.Policy;
import io.flywatch.alerts.silence.Silence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

    /** An alert's status. */
    public record AmStatus(String state, List<String> silencedBy, List<String> inhibitedBy, List<String> mutedBy) {}

    /** A silence. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record AmSilence(
            @Nullable String id,
            @Nullable List<AmMatcher> matchers,
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
            boolean equal = isEqual == null || isEqual;
            Op op = isRegex ? equal ? Op.MATCHES : Op.MATCHES_NOT : equal ? Op.IS : Op.IS_NOT;
            try {
                return new Matcher(String.valueOf(name), op, value == null ? "" : value);
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

    static AmAlert of(Alert alert, List<Silence> silences, Policy policy, Instant now) {
        List<String> silencedBy = silences.stream()
                .filter(silence -> silence.covers(alert.facts(), now))
                .map(Silence::id)
                .toList();
        List<Map<String, String>> receivers = policy.routes(alert).stream()
                .flatMap(route -> route.receivers().stream())
                .distinct()
                .map(name -> Map.of("name", name))
                .toList();
        Instant ends = alert.expiresAt() == null ? now.plus(LONG) : alert.expiresAt();
        return new AmAlert(
                alert.facts(),
                alert.annotations(),
                alert.startsAt(),
                ends,
                alert.updatedAt(),
                alert.fingerprint().substring(0, 16),
                alert.generator() == null ? "" : alert.generator(),
                receivers,
                new AmStatus(silencedBy.isEmpty() ? "active" : "suppressed", silencedBy, List.of(), List.of()));
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

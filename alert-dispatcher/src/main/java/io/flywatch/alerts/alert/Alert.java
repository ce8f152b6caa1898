package io.flywatch.alerts.alert;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.flywatch.events.anomaly.Anomaly;
import io.flywatch.events.anomaly.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody should know of.
 *
 * @param fingerprint its identity, see {@link Labels}
 * @param annotations what is said of it
 * @param state whether it fires
 * @param episode what tells this time of firing from the last
 * @param anomaly the detector's figures, where it comes from there
 * @param startsAt since when it fires, or fired
 * @param firedAt when this episode was reported
 * @param updatedAt when anything was last heard of it
 * @param expiresAt when it counts as over if nothing more is heard; null for never
 * @param resolvedAt when it ended; null while it fires
 * @param resolveReason why it ended; null while it fires
 * @param starts when it began to fire, the last times
 * @param acknowledged who is on it, if somebody is
 */
public record Alert(
        String fingerprint,
        Labels labels,
        Map<String, String> annotations,
        Source source,
        Severity severity,
        AlertState state,
        String episode,
        @Nullable Anomaly anomaly,
        @Nullable String runId,
        @Nullable String generator,
        Instant startsAt,
        Instant firedAt,
        Instant updatedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant resolvedAt,
        @Nullable String resolveReason,
        List<Instant> starts,
        @Nullable Acknowledgement acknowledged) {

    private static final int STARTS_KEPT = 20;

    public Alert {
        annotations = Map.copyOf(annotations);
        starts = List.copyOf(starts);
    }

    /** The alert's name. */
    public String name() {
        return labels.get(Labels.NAME);
    }

    /** The migration that it is about; empty if it says none. */
    public String migrationId() {
        return labels.get(Labels.MIGRATION);
    }

    /** Whether it fires. */
    public boolean fires() {
        return state == AlertState.FIRING;
    }

    /** What matchers look at: the labels, and {@code severity} and {@code source} where no label has that name. */
    @JsonIgnore
    public Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>(labels.values());
        facts.putIfAbsent("severity", severity.name().toLowerCase(Locale.ROOT));
        facts.putIfAbsent("source", source.name().toLowerCase(Locale.ROOT));
        return facts;
    }

    /** When it last began or ended. */
    @JsonIgnore
    public Instant changedAt() {
        return resolvedAt == null ? firedAt : resolvedAt;
    }

    /** The alert after a report that it fires. */
    public static Alert firing(Report report, @Nullable Alert before, Instant now) {
        Alert goesOn = before != null && before.fires() ? before : null;
        List<Instant> starts = new ArrayList<>(before == null ? List.of() : before.starts());
        if (goesOn == null) {
            starts.add(now);
        }
        return new Alert(
                report.fingerprint(),
                report.labels(),
                report.annotations(),
                report.source(),
                report.severity(),
                AlertState.FIRING,
                report.episode(),
                report.anomaly(),
                report.runId(),
                report.generator(),
                report.startsAt(),
                goesOn == null ? (report.at().isBefore(now) ? report.at() : now) : goesOn.firedAt(),
                report.at(),
                report.expiresAt(),
                null,
                null,
                starts.subList(Math.max(0, starts.size() - STARTS_KEPT), starts.size()),
                goesOn == null ? null : goesOn.acknowledged());
    }

    /** The alert after its end. */
    public Alert resolved(@Nullable Report report, String reason, Instant at, Instant now) {
        return new Alert(
                fingerprint,
                labels,
                report == null || report.annotations().isEmpty() ? annotations : report.annotations(),
                source,
                severity,
                AlertState.RESOLVED,
                episode,
                report == null || report.anomaly() == null ? anomaly : report.anomaly(),
                runId,
                generator,
                startsAt,
                firedAt,
                now,
                null,
                at,
                reason,
                starts,
                acknowledged);
    }

    /** The alert with somebody, or nobody, on it. */
    public Alert acknowledged(@Nullable Acknowledgement by) {
        return new Alert(
                fingerprint,
                labels,
                annotations,
                source,
                severity,
                state,
                episode,
                anomaly,
                runId,
                generator,
                startsAt,
                firedAt,
                updatedAt,
                expiresAt,
                resolvedAt,
                resolveReason,
                starts,
                by);
    }
}

package io.flywatch.alerts.notice;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.flywatch.alerts.alert.Labels;
import io.flywatch.events.alert.NoticeKind;
import io.flywatch.events.anomaly.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a notice tells; kept with it as it was when the notice was decided on, so that a late notice tells what it was meant to tell.
 *
 * @param kind whether it fires, is over, is in somebody's hands, or is only good to know
 * @param thread what all notices about the same trouble have in common
 * @param group the labels that its alerts share
 * @param alerts those that it is about, the most severe first; of very many only the first
 * @param firing how many fire, also of those that are left out
 * @param ended how many are over, also of those that are left out
 * @param at when it was decided on
 * @param note why it is told: new, worse, over
 * @param test whether nothing is the matter, and somebody only wants to see that the receiver works
 * @param audience who else hears of it
 */
public record Story(
        NoticeKind kind,
        String thread,
        SortedMap<String, String> group,
        List<StoryAlert> alerts,
        int firing,
        int ended,
        Instant at,
        String note,
        boolean test,
        Audience audience) {

    /** So many alerts are told of one by one in a notice; the others are counted. */
    public static final int MOST = 20;

    public Story {
        group = new TreeMap<>(group);
        alerts = List.copyOf(alerts);
        note = Text.harmless(note);
        audience = Objects.requireNonNullElse(audience, Audience.NOBODY_ELSE);
        if (alerts.isEmpty()) {
            throw new IllegalArgumentException("a notice has to be about something");
        }
    }

    /** What nobody else hears of. */
    public Story(
            NoticeKind kind,
            String thread,
            SortedMap<String, String> group,
            List<StoryAlert> alerts,
            int firing,
            int ended,
            Instant at,
            String note,
            boolean test) {
        this(kind, thread, group, alerts, firing, ended, at, note, test, Audience.NOBODY_ELSE);
    }

    /** The same with others who hear of it. */
    public Story heardBy(Audience others) {
        return new Story(kind, thread, group, alerts, firing, ended, at, note, test, others);
    }

    /** Whether it tells the end. */
    @JsonIgnore
    public boolean isOver() {
        return kind == NoticeKind.RESOLVED;
    }

    /** The alert that it is about most of all. */
    @JsonIgnore
    public StoryAlert first() {
        return alerts.getFirst();
    }

    /** Where it is, if that is the same for all of its alerts; else what they have in common. Empty if that is nothing. */
    @JsonIgnore
    public String where() {
        String where = first().where();
        if (firing + ended == alerts.size()
                && alerts.stream().allMatch(alert -> alert.where().equals(where))) {
            return where;
        }
        return group.entrySet().stream()
                .filter(label -> !label.getKey().equals(Labels.NAME))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining(", "));
    }

    /** How bad it is, at worst. */
    @JsonIgnore
    public Severity severity() {
        return alerts.stream()
                .filter(alert -> isOver() || alert.endedAt() == null)
                .map(StoryAlert::severity)
                .max(Severity::compareTo)
                .orElse(first().severity());
    }
}

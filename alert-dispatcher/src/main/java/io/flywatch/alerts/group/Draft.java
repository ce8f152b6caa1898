package io.flywatch.alerts.group;

import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.escalate.Escalation;
import io.flywatch.alerts.group.Plan.Telling;
import io.flywatch.alerts.notice.Text;
import io.flywatch.events.alert.NoticeKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plan in the making. */
final class Draft {

    private final Planner planner;
    private final Group group;
    private final Instant now;

    private final Map<String, Decision> decisions = new LinkedHashMap<>();
    private final List<Member> firing = new ArrayList<>();
    private final List<Member> ended = new ArrayList<>();
    private final List<Member> fresh = new ArrayList<>();
    private final List<Member> told = new ArrayList<>();
    private final Map<Ear, Telling> tellings = new LinkedHashMap<>();
    private boolean worse;
    private @Nullable Instant nextAt;
    private @Nullable Instant toldAt;
    private int escalated;
    private Plan.@Nullable Next next;

    Draft(Planner planner, Group group, Instant now) {
        this.planner = planner;
        this.group = group;
        this.now = now;
        this.toldAt = group.toldAt();
        this.escalated = group.escalated();
    }

    void consider(Member member) {
        if (member.alert().fires()) {
            firing.add(member);
            considerFiring(member);
        } else {
            considerEnded(member);
        }
    }

    private void considerEnded(Member member) {
        Alert alert = member.alert();
        if (member.believers().isEmpty()) {
            boolean counted = member.told().stream().anyMatch(mark -> mark.how() == Told.How.COUNTED);
            hold(
                    member,
                    Reason.NOBODY_KNEW,
                    counted
                            ? "it is over, and was only counted in a summary"
                            : "it is over, and nobody was told that it fired");
        } else if (planner.flapping().is(alert, now)) {
            hold(
                    member,
                    Reason.UNSTEADY,
                    "it comes and goes; its end is told if it stays away until "
                            + planner.flapping().steadyAt(alert));
            again(planner.flapping().steadyAt(alert));
        } else {
            ended.add(member);
            decide(member, Reason.OVER, "it is over: " + alert.resolveReason(), member.believers());
        }
    }

    private void considerFiring(Member member) {
        Suppression suppression = member.suppression();
        if (suppression != null) {
            hold(member, suppression.reason(), suppression.explanation());
            if (suppression.until() != null) {
                again(suppression.until());
            }
        } else if (member.alert().acknowledged() != null) {
            hold(
                    member,
                    Reason.ACKNOWLEDGED,
                    "it is acknowledged by " + member.alert().acknowledged().by());
        } else if (planner.receivers().isEmpty()) {
            List<String> routed = planner.route().receivers();
            hold(
                    member,
                    routed.isEmpty() ? Reason.NO_ROUTE : Reason.NOT_CONFIGURED,
                    routed.isEmpty()
                            ? "its route " + group.route() + " names no receiver"
                            : "none of the receivers of its route is configured: " + String.join(", ", routed));
        } else if (planner.receivers().stream().anyMatch(receiver -> isNews(member, receiver))) {
            fresh.add(member);
            worse |= planner.receivers().stream()
                    .anyMatch(receiver -> member.told(receiver).isPresent() && isNews(member, receiver));
        } else {
            told.add(member);
            hold(member, Reason.TOLD_ALREADY, "it fires as before, and all were told");
        }
    }

    private static boolean isNews(Member member, String receiver) {
        return member.told(receiver)
                .map(mark -> mark.severity().compareTo(member.alert().severity()) < 0)
                .orElse(true);
    }

    /** News wait for the group; that something got worse does not. */
    void tellNews() {
        if (fresh.isEmpty()) {
            return;
        }
        Instant due = worse ? now : newsDue();
        if (due.isAfter(now)) {
            fresh.forEach(member -> hold(member, Reason.WAITING, "it waits for others of its group until " + due));
            again(due);
            return;
        }
        for (String receiver : planner.receivers()) {
            List<Member> news =
                    fresh.stream().filter(member -> isNews(member, receiver)).toList();
            if (!news.isEmpty()) {
                tell(receiver, news, reason(news), explanation(news));
            }
        }
        fresh.forEach(
                member -> decide(member, reason(List.of(member)), explanation(List.of(member)), planner.receivers()));
        toldAt = now;
    }

    private Instant newsDue() {
        return group.toldAt() == null
                ? earlier(group.since(), now).plus(planner.route().hold())
                : earlier(group.toldAt(), now).plus(planner.route().interval());
    }

    private Reason reason(List<Member> news) {
        boolean flaps = news.stream().anyMatch(member -> planner.flapping().is(member.alert(), now));
        boolean known = news.stream().anyMatch(member -> !member.believers().isEmpty());
        return known ? Reason.WORSE : flaps ? Reason.FLAPPING : Reason.FIRST;
    }

    private String explanation(List<Member> news) {
        String severity = news.getFirst().alert().severity().name().toLowerCase(Locale.ROOT);
        return switch (reason(news)) {
            case WORSE -> "its severity rose to " + severity;
            case FLAPPING ->
                "it came and went " + planner.flapping().starts() + " times within "
                        + Text.words(planner.flapping().within()) + "; nothing more is told until it is steady";
            default -> "it is new";
        };
    }

    /** What goes on is told again after a while. */
    void repeat() {
        if (told.isEmpty() || toldAt == null) {
            return;
        }
        Instant due = earlier(toldAt, now).plus(planner.route().repeat());
        if (due.isAfter(now)) {
            again(due);
            return;
        }
        String why = "it still fires, " + Text.words(planner.route().repeat()) + " after the last notice";
        planner.receivers().forEach(receiver -> tell(receiver, told, Reason.REPEAT, why));
        told.forEach(member -> decide(member, Reason.REPEAT, why, planner.receivers()));
        toldAt = now;
        again(now.plus(planner.route().repeat()));
    }

    /** What nobody acknowledges goes to others. */
    void escalate() {
        Escalation escalation = planner.escalation();
        if (escalation == null) {
            return;
        }
        Instant since = told.stream()
                .flatMap(member -> member.told().stream())
                .filter(mark -> planner.receivers().contains(mark.receiver()))
                .map(Told::at)
                .min(Instant::compareTo)
                .orElse(null);
        if (since == null) {
            escalated = 0;
            if (!tellings.isEmpty()) {
                next(escalation, now);
            }
            return;
        }
        int due = escalation.due(since, now);
        for (int step = escalated; step < due; step++) {
            climb(escalation.steps().get(step));
        }
        escalated = Math.max(escalated, due);
        next(escalation, since);
    }

    private void next(Escalation escalation, Instant since) {
        escalation.next(since, escalated).ifPresent(at -> {
            again(at);
            next = new Plan.Next(at, escalation.steps().get(escalated).receivers());
        });
    }

    private void climb(Escalation.Step step) {
        String why = "nobody acknowledged it within " + Text.words(step.after());
        Set<String> receivers = new LinkedHashSet<>(step.receivers());
        receivers.forEach(receiver -> tell(receiver, told, Reason.UNACKNOWLEDGED, why));
        told.forEach(member -> decide(member, Reason.UNACKNOWLEDGED, why, receivers));
        toldAt = now;
    }

    /** An end is told at once, to all who believe that it fires, in the thread in which they heard of it. */
    void tellEnds() {
        Map<Ear, List<Member>> ends = new LinkedHashMap<>();
        ended.forEach(member -> member.told().stream()
                .filter(Told::believes)
                .forEach(mark -> ends.computeIfAbsent(new Ear(mark.receiver(), mark.thread()), it -> new ArrayList<>())
                        .add(member)));
        ends.forEach((ear, over) -> {
            Telling other = tellings.get(ear);
            String why = "it is over: " + over.getFirst().alert().resolveReason();
            tellings.put(
                    ear,
                    other == null
                            ? telling(ear, List.of(), over, Reason.OVER, why)
                            : new Telling(
                                    ear.receiver(),
                                    ear.thread(),
                                    other.kind(),
                                    other.firing(),
                                    alerts(over),
                                    other.news(),
                                    other.reason(),
                                    other.explanation()));
        });
    }

    private void tell(String receiver, List<Member> news, Reason reason, String why) {
        Ear ear = new Ear(receiver, group.thread());
        tellings.put(ear, telling(ear, news, List.of(), reason, why));
    }

    private Telling telling(Ear ear, List<Member> news, List<Member> over, Reason reason, String why) {
        Set<String> fresh = news.stream().map(Member::fingerprint).collect(Collectors.toSet());
        List<Alert> fires = firing.stream()
                .filter(member -> fresh.contains(member.fingerprint()) || believes(member, ear))
                .map(Member::alert)
                .toList();
        NoticeKind kind = fires.isEmpty() ? NoticeKind.RESOLVED : NoticeKind.FIRING;
        return new Telling(ear.receiver(), ear.thread(), kind, fires, alerts(over), alerts(news), reason, why);
    }

    private static boolean believes(Member member, Ear ear) {
        return member.told(ear.receiver())
                .map(mark -> mark.believes() && mark.thread().equals(ear.thread()))
                .orElse(false);
    }

    /** A receiver, in one of its threads. */
    private record Ear(String receiver, String thread) {}

    private static List<Alert> alerts(List<Member> members) {
        return members.stream().map(Member::alert).toList();
    }

    private void hold(Member member, Reason reason, String why) {
        decisions.put(member.fingerprint(), Decision.hold(member.fingerprint(), reason, why));
    }

    private void decide(Member member, Reason reason, String why, Collection<String> receivers) {
        decisions.put(member.fingerprint(), new Decision(member.fingerprint(), reason, why, List.copyOf(receivers)));
    }

    private void again(Instant at) {
        nextAt = nextAt == null ? at : earlier(nextAt, at);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    Plan plan() {
        if (!fresh.isEmpty() && toldAt != null && toldAt.equals(now)) {
            again(now.plus(planner.route().repeat()));
        }
        return new Plan(
                List.copyOf(tellings.values()), List.copyOf(decisions.values()), nextAt, toldAt, escalated, next);
    }
}

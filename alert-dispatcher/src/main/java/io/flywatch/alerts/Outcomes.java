package io.flywatch.alerts;

import io.flywatch.alerts.adapter.jdbc.AlertTable;
import io.flywatch.alerts.adapter.jdbc.GroupTable;
import io.flywatch.alerts.adapter.jdbc.GroupTable.MemberRow;
import io.flywatch.alerts.adapter.jdbc.Journal;
import io.flywatch.alerts.adapter.jdbc.Journal.Decided;
import io.flywatch.alerts.adapter.jdbc.NoticeQueue.Letter;
import io.flywatch.alerts.adapter.jdbc.Sql;
import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.group.Decision;
import io.flywatch.alerts.group.Group;
import io.flywatch.alerts.group.Group.Key;
import io.flywatch.alerts.group.Member;
import io.flywatch.alerts.group.Plan;
import io.flywatch.alerts.group.Plan.Telling;
import io.flywatch.alerts.group.Reason;
import io.flywatch.alerts.group.Told;
import io.flywatch.alerts.policy.Suppressor;
import io.flywatch.alerts.route.Route;
import io.flywatch.events.alert.AlertEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Plans groups, and keeps what comes of it. */
final class Outcomes {

    private static final Logger LOG = Logger.getLogger(Outcomes.class);

    private final Sql sql;
    private final Terms terms;
    private final List<AlertEvent> facts;
    private final List<Letter> letters = new ArrayList<>();
    private final List<Decided> decisions = new ArrayList<>();
    private final List<GroupTable.Row> groupRows = new ArrayList<>();
    private final List<MemberRow> memberRows = new ArrayList<>();
    private final List<MemberRow> gone = new ArrayList<>();
    private final List<Key> emptied = new ArrayList<>();
    private final Map<String, List<Told>> newlyTold = new LinkedHashMap<>();
    private final Set<String> over = new HashSet<>();
    private Map<String, List<Told>> told = new HashMap<>();

    Outcomes(Sql sql, Terms terms, List<AlertEvent> facts) {
        this.sql = sql;
        this.terms = terms;
        this.facts = facts;
    }

    List<Letter> letters() {
        return letters;
    }

    List<Reason> decided() {
        return decisions.stream().map(it -> it.decision().reason()).toList();
    }

    void add(Letter letter) {
        letters.add(letter);
    }

    /**
     * What there is to plan with.
     *
     * @param made whether the groups are new, and still to be written
     * @param rows who is in the groups
     * @param alerts those in the groups, by fingerprint
     * @param told who was told of them, by fingerprint
     */
    record Seen(
            List<Group> groups,
            boolean made,
            Collection<MemberRow> rows,
            Map<String, Alert> alerts,
            Map<String, List<Told>> told) {

        Map<Key, List<MemberRow>> members() {
            return rows.stream()
                    .sorted(Comparator.comparing(MemberRow::fingerprint))
                    .collect(Collectors.groupingBy(MemberRow::key));
        }
    }

    /** A group with what was planned for it. */
    private record Planned(Group group, List<MemberRow> rows, Plan plan) {}

    void of(Seen seen) {
        told = new HashMap<>(seen.told());
        Map<String, Alert> alerts = seen.alerts();
        Map<Key, List<MemberRow>> members = seen.members();
        boolean inhibitable = alerts.values().stream()
                .anyMatch(alert -> alert.fires() && terms.policy().inhibitable(alert));
        Suppressor suppressor = new Suppressor(
                terms.policy(), terms.silences(), inhibitable ? AlertTable.sources(sql) : List.of(), terms.now());
        List<Planned> planned = new ArrayList<>();
        for (Group group : seen.groups()) {
            List<MemberRow> rows = members.getOrDefault(group.key(), List.of());
            rows.stream().filter(row -> !alerts.containsKey(row.fingerprint())).forEach(gone::add);
            List<MemberRow> there = rows.stream()
                    .filter(row -> alerts.containsKey(row.fingerprint()))
                    .toList();
            Route route = terms.policy().route(group.route()).orElse(null);
            if (there.isEmpty()) {
                emptied.add(group.key());
            } else if (route == null) {
                // The policy changed; its alerts are being brought to their new groups.
                groupRows.add(GroupTable.Row.of(sql, group, null));
            } else {
                planned.add(new Planned(group, there, plan(group, route, there, alerts, suppressor)));
            }
        }
        Storms storms = Storms.count(
                sql,
                terms,
                planned.stream()
                        .filter(it -> it.group().toldAt() == null)
                        .flatMap(it -> it.plan().tellings().stream())
                        .toList());
        planned.forEach(it -> keep(it, storms, alerts));
        write(seen.made());
    }

    private Plan plan(
            Group group, Route route, List<MemberRow> rows, Map<String, Alert> alerts, Suppressor suppressor) {
        List<Member> members = rows.stream()
                .map(row -> Objects.requireNonNull(alerts.get(row.fingerprint())))
                .map(alert -> new Member(
                        alert, suppressor.of(alert, route), told.getOrDefault(alert.fingerprint(), List.of())))
                .toList();
        Plan plan = terms.policy().planner(route).plan(group, members, terms.now());
        // The next group of the same alert must know what this one tells.
        plan.tellings().forEach(telling -> mark(telling, Told.How.TOLD));
        plan.decisions().stream()
                .filter(decision -> decision.reason() == Reason.OVER)
                .forEach(decision -> told.remove(decision.fingerprint()));
        return plan;
    }

    private void mark(Telling telling, Told.How how) {
        for (Alert alert : telling.news()) {
            Told mark = new Told(telling.receiver(), telling.thread(), alert.severity(), terms.now(), how);
            put(told, alert.fingerprint(), mark);
            put(newlyTold, alert.fingerprint(), mark);
        }
    }

    private static void put(Map<String, List<Told>> marks, String fingerprint, Told mark) {
        List<Told> all = new ArrayList<>(marks.getOrDefault(fingerprint, List.of()));
        all.removeIf(other -> other.receiver().equals(mark.receiver()));
        all.add(mark);
        marks.put(fingerprint, all);
    }

    private void keep(Planned it, Storms storms, Map<String, Alert> alerts) {
        Plan plan = it.plan();
        Set<String> held = new HashSet<>();
        Set<String> heldBack = it.rows().stream()
                .filter(row ->
                        row.reason() != null && Reason.valueOf(row.reason()).holdsBack())
                .map(MemberRow::fingerprint)
                .collect(Collectors.toSet());
        for (Telling telling : plan.tellings()) {
            if (it.group().toldAt() == null && storms.holds(telling)) {
                mark(telling, Told.How.COUNTED);
                telling.news().forEach(alert -> held.add(alert.fingerprint()));
            } else {
                letters.add(Letters.of(telling, it.group(), terms, heldBack, Letters.audience(telling, plan, told)));
            }
        }
        Map<String, Decision> planned = new HashMap<>();
        plan.decisions().forEach(decision -> planned.put(decision.fingerprint(), decision));
        int left = 0;
        for (MemberRow row : it.rows()) {
            Alert alert = Objects.requireNonNull(alerts.get(row.fingerprint()));
            Decision decision = held.contains(row.fingerprint())
                    ? storm(row.fingerprint())
                    : Objects.requireNonNull(planned.get(row.fingerprint()));
            boolean leaves = decision.reason() == Reason.OVER || decision.reason() == Reason.NOBODY_KNEW;
            if (leaves) {
                gone.add(row);
            } else {
                left++;
            }
            if (isNew(row, decision, leaves)) {
                decisions.add(new Decided(row.route(), decision));
                LOG.debugf(
                        "alert decided alert=%s fingerprint=%s route=%s reason=%s why=%s",
                        alert.name(), alert.fingerprint(), row.route(), decision.reason(), decision.explanation());
                Lifecycle.held(alert, decision, terms).ifPresent(facts::add);
                if (!leaves) {
                    memberRows.add(new MemberRow(
                            row.route(),
                            row.thread(),
                            row.fingerprint(),
                            decision.reason().name(),
                            decision.explanation()));
                }
            }
            if (decision.reason() == Reason.OVER) {
                over.add(row.fingerprint());
            }
        }
        if (left == 0) {
            emptied.add(it.group().key());
        } else {
            groupRows.add(row(it.group(), plan));
        }
    }

    private static Decision storm(String fingerprint) {
        return Decision.hold(
                fingerprint, Reason.STORM, "too many groups began within a minute: it is counted in a summary");
    }

    /** The same is not written down again; nor that nobody knew, if they were told by another route. */
    private boolean isNew(MemberRow row, Decision decision, boolean leaves) {
        if (decision.reason() == Reason.NOBODY_KNEW && over.contains(row.fingerprint())) {
            return false;
        }
        return leaves
                || decision.reason().tells()
                || !decision.reason().name().equals(row.reason())
                || !decision.explanation().equals(row.explanation());
    }

    private GroupTable.Row row(Group group, Plan plan) {
        @Nullable Instant next = plan.nextAt();
        return GroupTable.Row.of(
                sql,
                new Group(
                        group.route(), group.thread(), group.labels(), group.since(), plan.toldAt(), plan.escalated()),
                next);
    }

    private void write(boolean made) {
        newlyTold.keySet().removeAll(over);
        AlertTable.keepTold(sql, newlyTold);
        Set<String> forgotten = new HashSet<>(over);
        gone.forEach(row -> forgotten.add(row.fingerprint()));
        AlertTable.forgetTold(sql, forgotten);
        GroupTable.keepMembers(sql, memberRows);
        GroupTable.remove(sql, gone);
        if (made) {
            GroupTable.add(sql, groupRows);
        } else {
            GroupTable.keep(sql, groupRows);
        }
        GroupTable.forget(sql, emptied);
        Journal.keep(sql, decisions, terms.now());
    }
}

package io.flywatch.alerts;

import io.flywatch.alerts.adapter.jdbc.AlertTable;
import io.flywatch.alerts.adapter.jdbc.GroupTable;
import io.flywatch.alerts.adapter.jdbc.GroupTable.MemberRow;
import io.flywatch.alerts.adapter.jdbc.NoticeTable;
import io.flywatch.alerts.adapter.jdbc.Outbox;
import io.flywatch.alerts.adapter.jdbc.Sql;
import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.alert.Change;
import io.flywatch.alerts.alert.Labels;
import io.flywatch.alerts.alert.Report;
import io.flywatch.alerts.group.Group;
import io.flywatch.alerts.group.Group.Key;
import io.flywatch.alerts.group.Reason;
import io.flywatch.alerts.notice.Notice;
import io.flywatch.alerts.route.Route;
import io.flywatch.events.alert.AlertEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Deciding in one transaction: what came in changes alerts, alerts are in groups, and each group that is touched is planned anew. The
 * alerts, the decisions, the notices and the facts about them are kept together, or not at all.
 */
final class Round {

    private final Sql sql;
    private final Terms terms;
    private final Outbox outbox;
    private final List<AlertEvent> facts = new ArrayList<>();
    private final Outcomes outcomes;

    Round(Sql sql, Terms terms, Outbox outbox) {
        this.sql = sql;
        this.terms = terms;
        this.outbox = outbox;
        this.outcomes = new Outcomes(sql, terms, facts);
    }

    /** Takes reports in; what each changed, in their order. No two of them may be about the same alert. */
    List<Change> take(List<Report> reports) {
        List<String> fingerprints = reports.stream().map(Report::fingerprint).toList();
        Map<String, Alert> before = index(AlertTable.lock(sql, fingerprints));
        List<Change> changes = new ArrayList<>();
        List<Alert> refreshed = new ArrayList<>();
        List<Alert> changed = new ArrayList<>();
        for (Report report : reports) {
            Change change = Change.of(report, before.get(report.fingerprint()), terms.now());
            changes.add(change);
            switch (change) {
                case Change.None none -> {}
                case Change.Refreshed(Alert alert) -> refreshed.add(alert);
                case Change.Fired(Alert alert) -> {
                    changed.add(alert);
                    facts.add(Lifecycle.fired(alert, terms.now()));
                }
                case Change.Ended(Alert alert) -> {
                    changed.add(alert);
                    facts.add(Lifecycle.resolved(alert, terms.now()));
                }
            }
        }
        AlertTable.keep(sql, refreshed, terms.policy()::inhibits);
        change(changed);
        return changes;
    }

    /** Keeps changed alerts and plans the groups that they are in, or come into, or leave. */
    void change(Collection<Alert> changed) {
        if (changed.isEmpty()) {
            return;
        }
        AlertTable.keep(sql, changed, terms.policy()::inhibits);
        if (changed.stream().anyMatch(terms.policy()::inhibits)) {
            GroupTable.wake(sql, terms.now(), Reason.INHIBITED.name());
        }
        settle(index(changed));
    }

    private void settle(Map<String, Alert> alerts) {
        List<MemberRow> before = GroupTable.memberships(sql, alerts.keySet());
        Map<Key, Group> touched = new TreeMap<>();
        Set<MemberRow> wanted = new HashSet<>();
        for (Alert alert : alerts.values()) {
            boolean homeless =
                    before.stream().noneMatch(row -> row.fingerprint().equals(alert.fingerprint()));
            if (alert.fires() || homeless) {
                for (Route route : terms.policy().routes(alert)) {
                    Group group = Group.of(route, alert, terms.now());
                    touched.putIfAbsent(group.key(), group);
                    wanted.add(row(group.key(), alert));
                }
            }
        }
        List<MemberRow> leaving = new ArrayList<>();
        for (MemberRow row : before) {
            touched.putIfAbsent(row.key(), unknown(row.key()));
            boolean stays = wanted.remove(new MemberRow(row.route(), row.thread(), row.fingerprint(), null, null))
                    || !Objects.requireNonNull(alerts.get(row.fingerprint())).fires();
            if (!stays) {
                leaving.add(row);
            }
        }
        List<Group> groups = GroupTable.lock(sql, touched.values());
        GroupTable.remove(sql, leaving);
        GroupTable.keepMembers(sql, wanted);
        plan(groups, alerts);
    }

    private static MemberRow row(Key key, Alert alert) {
        return new MemberRow(key.route(), key.thread(), alert.fingerprint(), null, null);
    }

    private Group unknown(Key key) {
        return new Group(key.route(), key.thread(), Labels.of(Map.of()), terms.now(), null, 0);
    }

    /** Plans groups whose time has come; how many there were. */
    int due(int most) {
        List<Group> groups = GroupTable.due(sql, terms.now(), most);
        plan(groups, Map.of());
        return groups.size();
    }

    private void plan(List<Group> groups, Map<String, Alert> known) {
        if (groups.isEmpty()) {
            return;
        }
        List<MemberRow> rows =
                GroupTable.members(sql, groups.stream().map(Group::key).toList());
        Map<String, Alert> alerts = new HashMap<>(known);
        Set<String> missing = rows.stream().map(MemberRow::fingerprint).collect(Collectors.toSet());
        missing.removeAll(known.keySet());
        AlertTable.find(sql, missing).forEach(alert -> alerts.put(alert.fingerprint(), alert));
        Map<Key, List<MemberRow>> members = rows.stream().collect(Collectors.groupingBy(MemberRow::key));
        outcomes.of(groups, members, alerts);
    }

    /** Sends the facts out with the transaction; the notices that this replica has to send once it is kept. */
    List<Notice> close() {
        List<Notice> mine = NoticeTable.queue(sql, outcomes.letters(), terms.now(), terms.replica());
        outbox.tell(sql, facts);
        return mine;
    }

    Sql sql() {
        return sql;
    }

    Terms terms() {
        return terms;
    }

    /** More to be told to the world. */
    void fact(AlertEvent event) {
        facts.add(event);
    }

    /** A notice that no plan asks for. */
    void letter(NoticeTable.Letter letter) {
        outcomes.add(letter);
    }

    /** What was decided, by reason. */
    List<Reason> decided() {
        return outcomes.decided();
    }

    private static Map<String, Alert> index(Collection<Alert> alerts) {
        Map<String, Alert> index = new LinkedHashMap<>();
        alerts.forEach(alert -> index.put(alert.fingerprint(), alert));
        return index;
    }
}

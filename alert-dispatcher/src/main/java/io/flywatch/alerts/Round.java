package io.flywatch.alerts;

import io.flywatch.alerts.adapter.jdbc.AlertTable;
import io.flywatch.alerts.adapter.jdbc.GroupTable;
import io.flywatch.alerts.adapter.jdbc.GroupTable.MemberRow;
import io.flywatch.alerts.adapter.jdbc.NoticeQueue;
import io.flywatch.alerts.adapter.jdbc.NoticeQueue.Queued;
import io.flywatch.alerts.adapter.jdbc.Outbox;
import io.flywatch.alerts.adapter.jdbc.Sql;
import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.alert.Change;
import io.flywatch.alerts.alert.Labels;
import io.flywatch.alerts.alert.Report;
import io.flywatch.alerts.group.Group;
import io.flywatch.alerts.group.Group.Key;
import io.flywatch.alerts.group.Reason;
import io.flywatch.alerts.group.Told;
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
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    private final Set<Key> groups = new HashSet<>();
    private Supplier<Queued> queued = () -> Queued.NOTHING;

    Round(Sql sql, Terms terms, Outbox outbox) {
        this.sql = sql;
        this.terms = terms;
        this.outbox = outbox;
        this.outcomes = new Outcomes(sql, terms, facts);
    }

    /** Takes reports in; what each changed, in their order. No two of them may be about the same alert. */
    List<Change> take(List<Report> reports) {
        List<String> fingerprints = reports.stream().map(Report::fingerprint).toList();
        Sql.Later<List<Alert>> known = AlertTable.lock(sql, fingerprints);
        Supplier<List<MemberRow>> memberships = GroupTable.memberships(sql, fingerprints);
        List<Alert> changed = new ArrayList<>();
        List<Change> changes = weigh(reports, index(known.get()), changed);
        change(changed, memberships);
        return changes;
    }

    /**
     * Takes reports in, all of which begin something that is taken to be new, and asks for nothing that would have to be known of it: an
     * alert that nobody knows was told to nobody and is in no group, and a group that is not there has no members. That it is so is found
     * out as it is written: if it is not, the transaction fails.
     *
     * @param mayBeNew whether a group may be one that is not there, by its identity; others are asked for
     */
    List<Change> takeNew(List<Report> reports, Predicate<Key> mayBeNew) {
        List<Alert> changed = new ArrayList<>();
        List<Change> changes = weigh(reports, Map.of(), changed);
        AlertTable.add(sql, changed, terms.policy()::inhibits);
        wake(changed);
        Map<String, Alert> alerts = index(changed);
        Map<Key, Group> touched = new TreeMap<>();
        Set<MemberRow> wanted = housed(alerts.values(), touched);
        groups.addAll(touched.keySet());
        if (touched.keySet().stream().allMatch(mayBeNew)) {
            outcomes.of(new Outcomes.Seen(List.copyOf(touched.values()), true, wanted, alerts, Map.of()));
        } else {
            plan(GroupTable.lock(sql, touched.values()), touched.keySet(), wanted, alerts);
        }
        return changes;
    }

    /** What each report changes, and the alerts that changed by it. */
    private List<Change> weigh(List<Report> reports, Map<String, Alert> before, List<Alert> changed) {
        List<Change> changes = new ArrayList<>();
        List<Alert> refreshed = new ArrayList<>();
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
        return changes;
    }

    /** Keeps changed alerts and plans the groups that they are in, or come into, or leave. */
    void change(Collection<Alert> changed) {
        List<String> fingerprints = changed.stream().map(Alert::fingerprint).toList();
        change(changed, GroupTable.memberships(sql, fingerprints));
    }

    private void change(Collection<Alert> changed, Supplier<List<MemberRow>> memberships) {
        if (changed.isEmpty()) {
            return;
        }
        AlertTable.keep(sql, changed, terms.policy()::inhibits);
        wake(changed);
        settle(index(changed), memberships.get());
    }

    private void wake(Collection<Alert> changed) {
        if (changed.stream().anyMatch(terms.policy()::inhibits)) {
            GroupTable.wake(sql, terms.now(), Reason.INHIBITED.name());
        }
    }

    private void settle(Map<String, Alert> alerts, List<MemberRow> memberships) {
        List<MemberRow> before = memberships.stream()
                .filter(row -> alerts.containsKey(row.fingerprint()))
                .toList();
        Set<String> housed = before.stream().map(MemberRow::fingerprint).collect(Collectors.toSet());
        Map<Key, Group> touched = new TreeMap<>();
        Set<MemberRow> wanted = housed(
                alerts.values().stream()
                        .filter(alert -> alert.fires() || !housed.contains(alert.fingerprint()))
                        .toList(),
                touched);
        List<MemberRow> leaving = new ArrayList<>();
        for (MemberRow row : before) {
            touched.putIfAbsent(row.key(), unknown(row.key()));
            boolean stays = wanted.contains(row.bare())
                    || !Objects.requireNonNull(alerts.get(row.fingerprint())).fires();
            if (!stays) {
                leaving.add(row);
            }
        }
        Sql.Later<List<Group>> groups = GroupTable.lock(sql, touched.values());
        GroupTable.remove(sql, leaving);
        this.groups.addAll(touched.keySet());
        plan(groups, touched.keySet(), wanted, alerts);
    }

    /** Where alerts belong by their routes; the groups are added to those that are touched. */
    private Set<MemberRow> housed(Collection<Alert> alerts, Map<Key, Group> touched) {
        Set<MemberRow> wanted = new HashSet<>();
        for (Alert alert : alerts) {
            for (Route route : terms.policy().routes(alert)) {
                Group group = Group.of(route, alert, terms.now());
                touched.putIfAbsent(group.key(), group);
                wanted.add(MemberRow.of(group.key(), alert.fingerprint()));
            }
        }
        return wanted;
    }

    private Group unknown(Key key) {
        return new Group(key.route(), key.thread(), Labels.of(Map.of()), terms.now(), null, 0);
    }

    /** Plans groups whose time has come; how many there were. */
    int due(int most) {
        List<Group> groups = GroupTable.due(sql, terms.now(), most);
        if (!groups.isEmpty()) {
            Set<Key> keys = groups.stream().map(Group::key).collect(Collectors.toSet());
            plan(() -> groups, keys, Set.of(), Map.of());
        }
        return groups.size();
    }

    /**
     * Plans groups.
     *
     * @param joining who has to be in them; another round may just have taken one out that ended, and is back
     * @param known alerts as they are now
     */
    private void plan(Supplier<List<Group>> groups, Set<Key> keys, Set<MemberRow> joining, Map<String, Alert> known) {
        // Groups are locked first: what is read after that stays as it is.
        Supplier<List<MemberRow>> members = GroupTable.members(sql, keys);
        Supplier<List<Alert>> others = AlertTable.others(sql, keys, known.keySet());
        Supplier<Map<String, List<Told>>> told = AlertTable.told(sql, known.keySet());
        Supplier<Map<String, List<Told>>> toldOthers = AlertTable.toldOf(sql, keys);
        Set<MemberRow> there = members.get().stream().map(MemberRow::bare).collect(Collectors.toSet());
        List<MemberRow> rows = Stream.concat(
                        members.get().stream(), joining.stream().filter(row -> !there.contains(row)))
                .toList();
        Map<String, Alert> alerts = new HashMap<>(known);
        others.get().forEach(alert -> alerts.put(alert.fingerprint(), alert));
        Map<String, List<Told>> allTold = new HashMap<>(told.get());
        allTold.putAll(toldOthers.get());
        outcomes.of(new Outcomes.Seen(groups.get(), false, rows, alerts, allTold));
    }

    /** The groups that were looked at. */
    Set<Key> groups() {
        return groups;
    }

    /** Sends the facts out with the transaction, and has the notices queued. */
    void close() {
        queued = NoticeQueue.queue(sql, outcomes.letters(), terms.now(), terms.replica());
        outbox.tell(sql, facts);
    }

    /** What this replica has to send once it is kept, and who else waits. */
    Queued queued() {
        return queued.get();
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
    void letter(NoticeQueue.Letter letter) {
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

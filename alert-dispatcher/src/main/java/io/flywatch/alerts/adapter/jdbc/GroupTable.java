package io.flywatch.alerts.adapter.jdbc;

import io.flywatch.alerts.alert.Labels;
import io.flywatch.alerts.group.Group;
import io.flywatch.alerts.group.Group.Key;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Groups and their members. */
public final class GroupTable {

    static final Rows<Key> KEYS = Rows.of("route", "text", Key::route).and("thread", "varchar", Key::thread);
    private static final Rows<Row> ROWS = Rows.of("route", "text", Row::route)
            .and("thread", "varchar", Row::thread)
            .and("labels", "text", Row::labels)
            .and("since", "timestamptz", Row::since)
            .and("told_at", "timestamptz", Row::toldAt)
            .and("escalated", "integer", Row::escalated)
            .and("next_at", "timestamptz", Row::nextAt);
    private static final Rows<MemberRow> MEMBERS = Rows.of("route", "text", MemberRow::route)
            .and("thread", "varchar", MemberRow::thread)
            .and("fingerprint", "varchar", MemberRow::fingerprint)
            .and("reason", "varchar", MemberRow::reason)
            .and("explanation", "text", MemberRow::explanation);

    private GroupTable() {}

    /**
     * A group as it is kept.
     *
     * @param nextAt when to look again
     */
    public record Row(
            String route,
            String thread,
            String labels,
            Instant since,
            @Nullable Instant toldAt,
            int escalated,
            @Nullable Instant nextAt) {

        /** A group to be kept. */
        public static Row of(Sql sql, Group group, @Nullable Instant nextAt) {
            return new Row(
                    group.route(),
                    group.thread(),
                    sql.json(group.labels()),
                    group.since(),
                    group.toldAt(),
                    group.escalated(),
                    nextAt);
        }

        Group group(Sql sql) {
            return new Group(route, thread, sql.value(labels, Labels.class), since, toldAt, escalated);
        }
    }

    /** An alert in a group, with the last decision about it there. */
    public record MemberRow(
            String route,
            String thread,
            String fingerprint,
            @Nullable String reason,
            @Nullable String explanation) {
        /** An alert in a group about which nothing was decided. */
        public static MemberRow of(Key group, String fingerprint) {
            return new MemberRow(group.route(), group.thread(), fingerprint, null, null);
        }

        /** The group's identity. */
        public Key key() {
            return new Key(route, thread);
        }

        /** Without the decision. */
        public MemberRow bare() {
            return of(key(), fingerprint);
        }
    }

    /** In which groups alerts are. */
    public static Sql.Later<List<MemberRow>> memberships(Sql sql, Collection<String> fingerprints) {
        return sql.ask(
                MemberRow.class,
                "select to_jsonb(m) from dispatcher.member m where fingerprint = any(?)",
                fingerprints);
    }

    /** The members of groups. */
    public static Sql.Later<List<MemberRow>> members(Sql sql, Collection<Key> keys) {
        return sql.ask(MemberRow.class, """
                select to_jsonb(m) from dispatcher.member m
                join {rows} on m.route = x.route and m.thread = x.thread
                order by m.fingerprint
                """, KEYS.of(keys));
    }

    /** Makes the groups that are not there, and locks all of them; always in the same order. */
    public static Sql.Later<List<Group>> lock(Sql sql, Collection<Group> groups) {
        List<Row> rows = groups.stream().map(group -> Row.of(sql, group, null)).toList();
        sql.write(
                "insert into dispatcher.alert_group select * from {rows} order by route, thread on conflict do nothing",
                ROWS.of(rows));
        return sql.ask(
                Row.class,
                found -> found.stream().map(row -> row.group(sql)).toList(),
                """
                select to_jsonb(g) from dispatcher.alert_group g
                join {rows} on g.route = x.route and g.thread = x.thread
                order by g.route, g.thread for update of g
                """,
                KEYS.of(groups.stream().map(Group::key).toList()));
    }

    /** Writes groups that are not there. If one is, the transaction fails. */
    public static void add(Sql sql, Collection<Row> rows) {
        sql.write(
                "insert into dispatcher.alert_group select * from {rows}",
                ROWS.of(rows.stream()
                        .sorted(Comparator.comparing(Row::route).thenComparing(Row::thread))
                        .toList()));
    }

    /** Groups that are to be looked at now, locked; those that another replica looks at are left out. */
    public static List<Group> due(Sql sql, Instant now, int most) {
        return sql.read(Row.class, """
                        select to_jsonb(g) from dispatcher.alert_group g where next_at <= ?
                        order by next_at limit ? for update skip locked
                        """, now, most).stream()
                .map(row -> row.group(sql))
                .toList();
    }

    /** Keeps groups. */
    public static void keep(Sql sql, Collection<Row> rows) {
        sql.write("""
                update dispatcher.alert_group g set told_at = x.told_at, escalated = x.escalated, next_at = x.next_at
                from {rows}
                where g.route = x.route and g.thread = x.thread
                """, ROWS.of(rows));
    }

    /** Keeps members with the last decision about them. */
    public static void keepMembers(Sql sql, Collection<MemberRow> rows) {
        sql.write("""
                insert into dispatcher.member select * from {rows}
                on conflict (route, thread, fingerprint) do update
                  set reason = excluded.reason, explanation = excluded.explanation
                """, MEMBERS.of(rows));
    }

    /** Takes alerts out of groups. */
    public static void remove(Sql sql, Collection<MemberRow> rows) {
        sql.write("""
                delete from dispatcher.member m using {rows}
                where m.route = x.route and m.thread = x.thread and m.fingerprint = x.fingerprint
                """, MEMBERS.of(rows));
    }

    /** Forgets groups without members. */
    public static void forget(Sql sql, Collection<Key> keys) {
        sql.write("""
                delete from dispatcher.alert_group g using {rows}
                where g.route = x.route and g.thread = x.thread
                """, KEYS.of(keys));
    }

    /** Has groups looked at again in which something is held back for a reason. */
    public static void wake(Sql sql, Instant now, String... reasons) {
        sql.later("""
                update dispatcher.alert_group g set next_at = ? where exists (
                  select 1 from dispatcher.member m
                  where m.route = g.route and m.thread = g.thread and m.reason = any(?))
                """, now, List.of(reasons));
    }

    /** Has all groups looked at again: after a start, a clock that was set back must not make one wait. */
    public static void wakeAll(Sql sql, Instant now) {
        sql.later("update dispatcher.alert_group set next_at = ? where next_at > ?", now, now);
    }
}

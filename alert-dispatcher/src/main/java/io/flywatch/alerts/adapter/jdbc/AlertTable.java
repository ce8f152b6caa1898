package io.flywatch.alerts.adapter.jdbc;

import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.alert.AlertState;
import io.flywatch.alerts.group.Group.Key;
import io.flywatch.alerts.group.Told;
import io.flywatch.events.anomaly.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Alerts, and who was told of them. */
public final class AlertTable {

    private static final String ADD = """
            insert into dispatcher.alert select * from {rows}
            """;
    private static final String KEEP = ADD + """
            on conflict (fingerprint) do update set state = excluded.state, severity = excluded.severity,
              inhibits = excluded.inhibits, updated_at = excluded.updated_at, expires_at = excluded.expires_at,
              doc = excluded.doc
            """;
    private static final String KEEP_TOLD = """
            insert into dispatcher.told
            select * from {rows}
            on conflict (fingerprint, receiver) do update set thread = excluded.thread, severity = excluded.severity,
              at = excluded.at, how = excluded.how
            """;

    private static final Rows<Row> ROWS = Rows.of("fingerprint", "varchar", Row::fingerprint)
            .and("name", "text", Row::name)
            .and("migration_id", "text", Row::migrationId)
            .and("state", "varchar", Row::state)
            .and("severity", "varchar", Row::severity)
            .and("inhibits", "boolean", Row::inhibits)
            .and("updated_at", "timestamptz", Row::updatedAt)
            .and("expires_at", "timestamptz", Row::expiresAt)
            .and("doc", "text", Row::doc);
    private static final Rows<ToldRow> TOLD_ROWS = Rows.of("fingerprint", "varchar", ToldRow::fingerprint)
            .and("receiver", "text", ToldRow::receiver)
            .and("thread", "varchar", ToldRow::thread)
            .and("severity", "varchar", ToldRow::severity)
            .and("at", "timestamptz", ToldRow::at)
            .and("how", "varchar", ToldRow::how);

    private AlertTable() {}

    private record Row(
            String fingerprint,
            String name,
            String migrationId,
            String state,
            String severity,
            boolean inhibits,
            Instant updatedAt,
            @Nullable Instant expiresAt,
            String doc) {}

    /** A row of who was told. */
    public record ToldRow(String fingerprint, String receiver, String thread, String severity, Instant at, String how) {
        static ToldRow of(String fingerprint, Told told) {
            return new ToldRow(
                    fingerprint,
                    told.receiver(),
                    told.thread(),
                    told.severity().name(),
                    told.at(),
                    told.how().name());
        }

        Told told() {
            return new Told(receiver, thread, Severity.valueOf(severity), at, Told.How.valueOf(how));
        }
    }

    private record Count(String state, long count) {}

    /** Alerts, locked until the end of the transaction; always in the same order, so that nobody waits in a circle. */
    public static Sql.Later<List<Alert>> lock(Sql sql, Collection<String> fingerprints) {
        return sql.askValues(
                Alert.class,
                "select doc from dispatcher.alert where fingerprint = any(?) order by fingerprint for update",
                fingerprints);
    }

    /** The alerts that are in groups, other than those that are known already. */
    public static Sql.Later<List<Alert>> others(Sql sql, Collection<Key> groups, Collection<String> known) {
        return sql.askValues(
                Alert.class,
                """
                select a.doc from {rows}
                join dispatcher.member m on m.route = x.route and m.thread = x.thread
                join dispatcher.alert a on a.fingerprint = m.fingerprint
                where not jsonb_exists((select ?::jsonb), a.fingerprint)
                """,
                GroupTable.KEYS.of(groups),
                sql.json(known.stream().collect(Collectors.toMap(it -> it, it -> 1))));
    }

    /** Alerts as they are. */
    public static List<Alert> find(Sql sql, Collection<String> fingerprints) {
        return fingerprints.isEmpty()
                ? List.of()
                : alerts(sql, "select doc from dispatcher.alert where fingerprint = any(?)", fingerprints);
    }

    /** One alert. */
    public static Optional<Alert> find(Sql sql, String fingerprint) {
        return find(sql, List.of(fingerprint)).stream().findFirst();
    }

    /** Those that fire and could inhibit others. */
    public static List<Alert> sources(Sql sql) {
        return alerts(sql, "select doc from dispatcher.alert where inhibits and state = 'FIRING'");
    }

    /** Those that nothing was heard of for too long. */
    public static List<Alert> expired(Sql sql, Instant now, int most) {
        return alerts(
                sql,
                "select doc from dispatcher.alert where state = 'FIRING' and expires_at <= ? order by expires_at limit ?",
                now,
                most);
    }

    /** The next ones, by their fingerprints, that fire or that somebody believes to fire. */
    public static List<Alert> open(Sql sql, String after, int most) {
        return alerts(sql, """
                select doc from dispatcher.alert a where fingerprint > ? and (state = 'FIRING' or exists (
                  select 1 from dispatcher.told t where t.fingerprint = a.fingerprint))
                order by fingerprint limit ?
                """, after, most);
    }

    /** Firing ones first, then the newest. */
    public static List<Alert> list(Sql sql, @Nullable AlertState state, @Nullable String migration, int most) {
        Conditions conditions = new Conditions();
        conditions.add("state = ?", state);
        conditions.add("migration_id = ?", migration);
        return alerts(
                sql,
                "select doc from dispatcher.alert " + conditions.where() + " order by state, updated_at desc limit ?",
                conditions.values(most));
    }

    private static List<Alert> alerts(Sql sql, String query, @Nullable Object... parameters) {
        return sql.askValues(Alert.class, query, parameters).get();
    }

    /** Keeps alerts, always in the same order: two replicas that take in the same new ones don't wait in a circle. */
    public static void keep(Sql sql, Collection<Alert> alerts, Predicate<Alert> inhibits) {
        sql.write(KEEP, ROWS.of(rows(sql, alerts, inhibits)));
    }

    /** Writes alerts that nobody knows, always in the same order. If one is known, the transaction fails. */
    public static void add(Sql sql, Collection<Alert> alerts, Predicate<Alert> inhibits) {
        sql.write(ADD, ROWS.of(rows(sql, alerts, inhibits)));
    }

    private static List<Row> rows(Sql sql, Collection<Alert> alerts, Predicate<Alert> inhibits) {
        List<Row> rows = new ArrayList<>();
        for (Alert alert : alerts) {
            rows.add(new Row(
                    alert.fingerprint(),
                    alert.name(),
                    alert.migrationId(),
                    alert.state().name(),
                    alert.severity().name(),
                    inhibits.test(alert),
                    alert.updatedAt(),
                    alert.expiresAt(),
                    sql.json(alert)));
        }
        rows.sort(Comparator.comparing(Row::fingerprint));
        return rows;
    }

    /** Who was told of alerts, by their fingerprints. */
    public static Sql.Later<Map<String, List<Told>>> told(Sql sql, Collection<String> fingerprints) {
        return sql.ask(
                ToldRow.class,
                AlertTable::byFingerprint,
                "select to_jsonb(t) from dispatcher.told t where fingerprint = any(?)",
                fingerprints);
    }

    /** Who was told of the alerts that are in groups, by their fingerprints. */
    public static Sql.Later<Map<String, List<Told>>> toldOf(Sql sql, Collection<Key> groups) {
        return sql.ask(ToldRow.class, AlertTable::byFingerprint, """
                select distinct to_jsonb(t) from {rows}
                join dispatcher.member m on m.route = x.route and m.thread = x.thread
                join dispatcher.told t on t.fingerprint = m.fingerprint
                """, GroupTable.KEYS.of(groups));
    }

    private static Map<String, List<Told>> byFingerprint(List<ToldRow> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(
                        ToldRow::fingerprint, HashMap::new, Collectors.mapping(ToldRow::told, Collectors.toList())));
    }

    /** Keeps who was told. */
    public static void keepTold(Sql sql, Map<String, List<Told>> told) {
        List<ToldRow> rows = new ArrayList<>();
        told.forEach((fingerprint, marks) -> marks.forEach(mark -> rows.add(ToldRow.of(fingerprint, mark))));
        sql.write(KEEP_TOLD, TOLD_ROWS.of(rows));
    }

    /** Forgets who was told of what is over. */
    public static void forgetTold(Sql sql, Collection<String> fingerprints) {
        if (!fingerprints.isEmpty()) {
            sql.later("delete from dispatcher.told where fingerprint = any(?)", fingerprints);
        }
    }

    /** A receiver refused to hear of alerts. */
    public static void refuse(Sql sql, Collection<String> fingerprints, String receiver) {
        sql.later(
                "update dispatcher.told set how = 'REFUSED' where receiver = ? and fingerprint = any(?)",
                receiver,
                fingerprints);
    }

    /** Another receiver is told in the place of one that refused, and is to hear of the end. */
    public static void inherit(Sql sql, Collection<String> fingerprints, String refused, String other) {
        sql.later("""
                insert into dispatcher.told
                select fingerprint, ?, thread, severity, at, 'TOLD' from dispatcher.told
                where receiver = ? and fingerprint = any(?)
                on conflict (fingerprint, receiver) do nothing
                """, other, refused, fingerprints);
    }

    /** How many there are, by state. */
    public static Map<AlertState, Long> states(Sql sql) {
        Map<AlertState, Long> states = new EnumMap<>(AlertState.class);
        sql.read(
                        Count.class,
                        "select jsonb_build_object('state', state, 'count', count(*)) from dispatcher.alert group by state")
                .forEach(row -> states.put(AlertState.valueOf(row.state()), row.count()));
        return states;
    }
}

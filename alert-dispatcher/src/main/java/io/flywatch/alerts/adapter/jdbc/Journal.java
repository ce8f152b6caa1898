package io.flywatch.alerts.adapter.jdbc;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.flywatch.alerts.group.Decision;
import io.flywatch.alerts.group.Reason;
import io.flywatch.alerts.notice.NoticeState;
import io.flywatch.alerts.notice.Story;
import io.flywatch.events.alert.NoticeKind;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was decided and told, to be read. */
public final class Journal {

    private static final Rows<DecisionRow> DECISIONS = Rows.of("fingerprint", "varchar", DecisionRow::fingerprint)
            .and("route", "text", DecisionRow::route)
            .and("decided_at", "timestamptz", DecisionRow::decidedAt)
            .and("reason", "varchar", DecisionRow::reason)
            .and("explanation", "text", DecisionRow::explanation)
            .and("receivers", "text", DecisionRow::receivers);

    private Journal() {}

    private record DecisionRow(
            String fingerprint, String route, Instant decidedAt, String reason, String explanation, String receivers) {}

    private record NoticeRow(
            long id,
            String receiver,
            String kind,
            String state,
            Instant createdAt,
            Instant dueAt,
            int attempts,
            @Nullable Instant doneAt,
            @Nullable String outcome,
            String story,
            @Nullable String trail) {}

    /**
     * A decision, to be read.
     *
     * @param route the route by which it was made
     * @param receivers who was told; empty if nobody was
     */
    public record DecisionView(
            Instant decidedAt, Reason reason, String explanation, String route, List<String> receivers) {
        public DecisionView {
            receivers = List.copyOf(receivers);
        }
    }

    /**
     * A notice, to be read.
     *
     * @param dueAt when it is tried next; only while it waits
     * @param outcome what the receiver answered last
     * @param told what it tells, in its words
     * @param earlier what attempts before came to, the last ones
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record NoticeView(
            long id,
            String receiver,
            NoticeKind kind,
            NoticeState state,
            Instant createdAt,
            @Nullable Instant dueAt,
            int attempts,
            @Nullable Instant doneAt,
            @Nullable String outcome,
            String told,
            List<String> alerts,
            @Nullable List<String> earlier) {
        public NoticeView {
            earlier = earlier == null ? null : List.copyOf(earlier);
            alerts = List.copyOf(alerts);
        }
    }

    /**
     * A decision, to be written down.
     *
     * @param route the route by which it was made
     */
    public record Decided(String route, Decision decision) {}

    /** Writes decisions down. */
    public static void keep(Sql sql, Collection<Decided> decisions, Instant now) {
        sql.write(
                """
                insert into dispatcher.decision (fingerprint, route, decided_at, reason, explanation, receivers)
                select * from {rows}
                """,
                DECISIONS.of(decisions.stream()
                        .map(decided -> new DecisionRow(
                                decided.decision().fingerprint(),
                                decided.route(),
                                now,
                                decided.decision().reason().name(),
                                decided.decision().explanation(),
                                String.join(",", decided.decision().receivers())))
                        .toList()));
    }

    /** What was decided about an alert, the newest first. */
    public static List<DecisionView> decisions(Sql sql, String fingerprint, int most) {
        return sql
                .read(
                        DecisionRow.class,
                        "select to_jsonb(d) - 'id' from dispatcher.decision d where fingerprint = ? order by id desc limit ?",
                        fingerprint,
                        most)
                .stream()
                .map(row -> new DecisionView(
                        row.decidedAt(),
                        Reason.valueOf(row.reason()),
                        row.explanation(),
                        row.route(),
                        row.receivers().isEmpty()
                                ? List.of()
                                : List.of(row.receivers().split(",", -1))))
                .toList();
    }

    /** Notices, the newest first. */
    public static List<NoticeView> notices(
            Sql sql, @Nullable String fingerprint, @Nullable String receiver, @Nullable String state, int most) {
        // Plans are made once, whatever the values: what is not asked for must not be in the statement.
        // Those about an alert are few and are found first; by their ids all of them would be read.
        String about = fingerprint == null
                ? "dispatcher.notice"
                : "(select * from dispatcher.notice where fingerprints @> array[?::text] offset 0)";
        Conditions conditions = new Conditions();
        conditions.value(fingerprint);
        conditions.add("receiver = ?", receiver);
        conditions.add("state = ?", state);
        return sql
                .read(
                        NoticeRow.class,
                        "select to_jsonb(n) - 'owner' - 'thread' - 'fingerprints' from " + about + " n "
                                + conditions.where() + " order by id desc limit ?",
                        conditions.values(most))
                .stream()
                .map(row -> view(sql, row))
                .toList();
    }

    private static NoticeView view(Sql sql, NoticeRow row) {
        NoticeState state = NoticeState.valueOf(row.state());
        Story story = sql.value(row.story(), Story.class);
        return new NoticeView(
                row.id(),
                row.receiver(),
                NoticeKind.valueOf(row.kind()),
                state,
                row.createdAt(),
                state == NoticeState.QUEUED ? row.dueAt() : null,
                row.attempts(),
                row.doneAt(),
                row.outcome(),
                story.note() + ": " + story.first().summary(),
                story.alerts().stream().map(alert -> alert.fingerprint()).toList(),
                row.trail() == null ? null : row.trail().lines().toList());
    }

    /**
     * Forgets what is old: at most so many rows of each sort at a time.
     *
     * @return how many rows went
     */
    public static int prune(Sql sql, Instant alertsBefore, Instant historyBefore, int most) {
        return sql.update("""
                        delete from dispatcher.alert where fingerprint in (
                          select fingerprint from dispatcher.alert a
                          where state = 'RESOLVED' and updated_at < ? and not exists (
                            select 1 from dispatcher.told t where t.fingerprint = a.fingerprint) limit ?)
                        """, alertsBefore, most)
                + sql.update("""
                        delete from dispatcher.decision where id in (
                          select id from dispatcher.decision where decided_at < ? limit ?)
                        """, historyBefore, most)
                + sql.update("""
                        delete from dispatcher.notice where id in (
                          select id from dispatcher.notice where done_at < ? limit ?)
                        """, historyBefore, most)
                + sql.update("delete from dispatcher.reference where at < ?", historyBefore)
                + sql.update("delete from dispatcher.silence where ends_at < ?", historyBefore);
    }
}

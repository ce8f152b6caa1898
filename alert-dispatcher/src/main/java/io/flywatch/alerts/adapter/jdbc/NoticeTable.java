package io.flywatch.alerts.adapter.jdbc;

import io.flywatch.alerts.deliver.Outcome;
import io.flywatch.alerts.notice.Notice;
import io.flywatch.alerts.notice.NoticeState;
import io.flywatch.alerts.notice.Story;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The queue of notices. */
public final class NoticeTable {

    // Of one thread and receiver only the first that is not done may be sent: nobody hears of an end before the
    // beginning.
    private static final String CLAIM = """
            update dispatcher.notice set state = 'SENDING', attempts = attempts + 1, owner = ?
            where id in (
              select n.id from dispatcher.notice n
              where n.receiver = ? and n.state = 'QUEUED' and (n.due_at <= ? or n.attempts = 0) and not exists (
                select 1 from dispatcher.notice e
                where e.thread = n.thread and e.receiver = n.receiver and e.id < n.id and e.state in ('QUEUED', 'SENDING'))
              order by n.id limit ? for update skip locked)
            returning jsonb_build_object('id', id, 'receiver', receiver, 'story', story, 'created_at', created_at,
              'since', since, 'attempts', attempts, 'state', state, 'reference', (
                select r.reference from dispatcher.reference r
                where r.receiver = notice.receiver and r.thread = notice.thread))
            """;
    private static final String RECORD = """
            update dispatcher.notice n set state = x.state, outcome = x.outcome, due_at = coalesce(x.due_at, n.due_at),
              done_at = x.done_at, owner = null,
              trail = case when x.state = 'QUEUED'
                then right(coalesce(n.trail || E'\n', '') || x.at || ' attempt ' || x.attempts || ': ' || x.outcome, 4000)
                else n.trail end
            from {rows}
            where n.id = x.id and n.state = 'SENDING' and n.attempts = x.attempts
            returning jsonb_build_object('id', n.id, 'followed', exists (
              select 1 from dispatcher.notice e
              where e.thread = n.thread and e.receiver = n.receiver and e.state = 'QUEUED' and e.id <> n.id))
            """;
    private static final String WAITS =
            "select to_jsonb(exists (select 1 from dispatcher.notice where receiver = ? and state = 'QUEUED'"
                    + " and (due_at <= ? or attempts = 0)))";

    private static final Rows<Done> OUTCOMES = Rows.of("id", "bigint", Done::id)
            .and("attempts", "integer", Done::attempts)
            .and("state", "varchar", Done::state)
            .and("outcome", "text", Done::outcome)
            .and("due_at", "timestamptz", Done::dueAt)
            .and("done_at", "timestamptz", Done::doneAt)
            .and("at", "text", Done::at);

    private NoticeTable() {}

    private record Row(
            long id,
            String receiver,
            String story,
            Instant createdAt,
            @Nullable Instant since,
            int attempts,
            String state,
            @Nullable String reference) {
        Notice notice(Sql sql) {
            return new Notice(id, receiver, sql.value(story, Story.class), createdAt, since, attempts, reference);
        }
    }

    private record Done(
            long id,
            int attempts,
            String state,
            String outcome,
            @Nullable Instant dueAt,
            @Nullable Instant doneAt,
            String at) {}

    private record Count(String receiver, long count) {}

    /** Takes notices that are due, the oldest first. One that was never tried is, by whatever clock it was written. */
    public static List<Notice> claim(Sql sql, String receiver, int most, Instant now, UUID replica) {
        return sql.read(Row.class, CLAIM, replica, receiver, now, most).stream()
                .map(row -> row.notice(sql))
                .sorted((one, other) -> Long.compare(one.id(), other.id()))
                .toList();
    }

    /** Whether anything is due for a receiver and not in hand. */
    public static Sql.Later<List<Boolean>> waits(Sql sql, String receiver, Instant now) {
        return sql.ask(Boolean.class, WAITS, receiver, now);
    }

    /**
     * What became of a notice is kept.
     *
     * @param followed whether another of its thread waits for it
     */
    public record Kept(long id, boolean followed) {}

    /** Keeps what became of notices; those come back that nobody else has taken meanwhile. */
    public static List<Kept> record(Sql sql, Map<Notice, Outcome> outcomes, Instant now) {
        List<Done> rows = new ArrayList<>();
        outcomes.forEach((notice, outcome) -> rows.add(
                switch (outcome) {
                    case Outcome.Done done -> done(notice, NoticeState.DELIVERED, done.note(), now);
                    case Outcome.Over over -> done(notice, NoticeState.REFUSED, over.note(), now);
                    case Outcome.Again again ->
                        new Done(
                                notice.id(),
                                notice.attempt(),
                                NoticeState.QUEUED.name(),
                                again.note(),
                                again.dueAt(),
                                null,
                                now.truncatedTo(ChronoUnit.SECONDS).toString());
                }));
        return sql.read(Kept.class, RECORD, OUTCOMES.of(rows));
    }

    private static Done done(Notice notice, NoticeState state, String note, Instant now) {
        return new Done(notice.id(), notice.attempt(), state.name(), note, null, now, now.toString());
    }

    /** All alerts that a notice is about. */
    public static List<String> fingerprints(Sql sql, long id) {
        return sql.texts("select unnest(fingerprints) from dispatcher.notice where id = ?", id);
    }

    /** What waits for a receiver in a thread goes to another, or nowhere. */
    public static void readdress(Sql sql, String receiver, String thread, @Nullable String other, Instant now) {
        if (other == null) {
            sql.later("""
                    update dispatcher.notice set state = 'DROPPED', done_at = ?,
                      outcome = 'the receiver refused the notice of the beginning'
                    where receiver = ? and thread = ? and state = 'QUEUED' and kind <> 'FIRING'
                    """, now, receiver, thread);
        } else {
            sql.later(
                    "update dispatcher.notice set receiver = ? where receiver = ? and thread = ? and state = 'QUEUED'",
                    other,
                    receiver,
                    thread);
        }
    }

    /** Puts back what replicas had in hand that are gone; it is due, even if their clocks went ahead. */
    public static int putBack(Sql sql, Collection<String> goneReplicas, Instant now) {
        return sql.update("""
                update dispatcher.notice set state = 'QUEUED', owner = null, due_at = least(due_at, ?)
                where state = 'SENDING' and owner::text = any(?)
                """, now, goneReplicas);
    }

    /** Puts back some of what a replica has in hand by the table and did not send. */
    public static void putBack(Sql sql, UUID replica, Collection<Long> ids) {
        sql.later(
                "update dispatcher.notice set state = 'QUEUED', owner = null, attempts = attempts - 1"
                        + " where state = 'SENDING' and owner = ? and id = any(?::bigint[])",
                replica,
                ids.stream().map(String::valueOf).toList());
    }

    /** What waits of a thread that something newer makes pointless. */
    public static void overtake(Sql sql, String receiver, String thread, Instant now) {
        sql.later("""
                update dispatcher.notice set state = 'DROPPED', done_at = ?, outcome = 'something newer took its place'
                where receiver = ? and thread = ? and state = 'QUEUED'
                """, now, receiver, thread);
    }

    /** What a replica has in hand. */
    public static List<Long> inHand(Sql sql, UUID replica) {
        return sql
                .texts("select id::text from dispatcher.notice where state = 'SENDING' and owner = ?", replica)
                .stream()
                .map(Long::valueOf)
                .toList();
    }

    /** What waits for receivers that are no more is shown as undelivered. */
    public static int abandon(Sql sql, Collection<String> receivers, Instant now) {
        return sql.update("""
                update dispatcher.notice set state = 'REFUSED', done_at = ?, outcome = 'there is no such receiver any more'
                where state = 'QUEUED' and receiver <> all(?)
                """, now, receivers);
    }

    /** The replicas that have something in hand. */
    public static List<String> owners(Sql sql) {
        return sql.texts("select distinct owner::text from dispatcher.notice where state = 'SENDING'");
    }

    /** A clock that was set back must not make a notice wait for longer than any receiver can ask for. */
    public static void hurry(Sql sql, Instant latest, Instant now) {
        sql.later("update dispatcher.notice set due_at = ? where state = 'QUEUED' and due_at > ?", now, latest);
    }

    /** How many wait, by receiver. */
    public static Map<String, Long> queued(Sql sql) {
        Map<String, Long> queued = new HashMap<>();
        sql.read(Count.class, """
                select jsonb_build_object('receiver', receiver, 'count', count(*)) from dispatcher.notice
                where state in ('QUEUED', 'SENDING') group by receiver
                """).forEach(row -> queued.put(row.receiver(), row.count()));
        return queued;
    }

    /** Remembers by what a thread's first message can be edited. */
    public static void refer(Sql sql, String receiver, String thread, String reference, boolean over, Instant now) {
        if (over) {
            sql.later("delete from dispatcher.reference where receiver = ? and thread = ?", receiver, thread);
        } else {
            sql.later("""
                    insert into dispatcher.reference values (?, ?, ?, ?)
                    on conflict (receiver, thread) do update set reference = excluded.reference, at = excluded.at
                    """, receiver, thread, reference, now);
        }
    }
}

package io.flywatch.alerts.adapter.jdbc;

import io.flywatch.alerts.deliver.Pace;
import io.flywatch.alerts.deliver.ReceiverSpec.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What replicas share: who is alive, and how much each receiver may be told. */
public final class Replicas {

    private Replicas() {}

    /** A replica as others see it. */
    public record Beat(String id, long beat) {}

    private record PaceRow(Instant at) {}

    /** Whether a receiver's next sign of life is due, and this replica's to send. */
    public static boolean heartbeat(Sql sql, String receiver, Duration every, Instant now) {
        // A clock that was set back since must not keep it waiting.
        return sql.update("""
                insert into dispatcher.heartbeat as h values (?, ?)
                on conflict (receiver) do update set at = excluded.at where h.at <= ? or h.at > ?
                """, receiver, now, now.minus(every), now.plus(every)) == 1;
    }

    /** Says that a replica lives. */
    public static void beat(Sql sql, UUID replica, Instant now) {
        sql.later("""
                insert into dispatcher.replica values (?, 1, ?)
                on conflict (id) do update set beat = replica.beat + 1, seen_at = excluded.seen_at
                """, replica, now);
    }

    /** All that there are. */
    public static List<Beat> all(Sql sql) {
        return sql.read(Beat.class, "select jsonb_build_object('id', id, 'beat', beat) from dispatcher.replica");
    }

    /** Forgets replicas. */
    public static void forget(Sql sql, List<String> ids) {
        sql.later("delete from dispatcher.replica where id::text = any(?)", ids);
    }

    /**
     * How many notices a receiver may be told now, of all replicas together; the pace is locked until the end of the transaction, and
     * nothing may be told while another replica has it.
     */
    public static Pace.Grant grant(Sql sql, String receiver, Rate rate, int most, Instant now) {
        sql.later("insert into dispatcher.pace values (?, ?) on conflict do nothing", receiver, now);
        return sql.one(
                        PaceRow.class,
                        "select jsonb_build_object('at', at) from dispatcher.pace where receiver = ? for update skip locked",
                        receiver)
                .map(row -> Pace.grant(row.at(), rate, most, now))
                .orElse(new Pace.Grant(0, now.plus(rate.each())));
    }

    /** Keeps how much of a grant was used. */
    public static void used(Sql sql, String receiver, Rate rate, int notices, Instant now) {
        sql.later(
                "update dispatcher.pace set at = ? where receiver = ?",
                now.plus(rate.each().multipliedBy(notices)),
                receiver);
    }
}

package io.flywatch.alerts.adapter.jdbc;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** How many new groups each receiver was told of in a minute, and how many were held back. */
public final class StormTable {

    private StormTable() {}

    /**
     * A receiver's minute.
     *
     * @param groups how many new groups there were
     * @param held how many of them were held back
     * @param told whether the receiver believes that there is a storm
     * @param examples some of what was held back
     */
    public record Row(String receiver, Instant minute, int groups, int held, boolean told, String examples) {}

    private record Count(int groups) {}

    /** Counts new groups; how many there are then in this minute. The row is locked until the end of the transaction. */
    public static int count(Sql sql, String receiver, int groups, int limit, Instant now) {
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        return sql.one(Count.class, """
                        insert into dispatcher.storm as s (receiver, minute, groups, held)
                        values (?, ?, ?, greatest(0, ? - ?))
                        on conflict (receiver) do update set
                          groups = case when s.minute = excluded.minute then s.groups else 0 end + excluded.groups,
                          held = s.held + least(excluded.groups, greatest(0,
                            case when s.minute = excluded.minute then s.groups else 0 end + excluded.groups - ?)),
                          minute = excluded.minute
                        returning jsonb_build_object('groups', groups)
                        """, receiver, minute, groups, groups, limit, limit)
                .orElseThrow()
                .groups();
    }

    /** Names some of what was held back. */
    public static void example(Sql sql, String receiver, String names) {
        sql.later("update dispatcher.storm set examples = ? where receiver = ? and examples = ''", names, receiver);
    }

    /** Minutes that are over and of which something is to be told, locked. */
    public static List<Row> over(Sql sql, Instant now) {
        return sql.read(Row.class, """
                select to_jsonb(s) from dispatcher.storm s where minute < ? and (held > 0 or told)
                for update skip locked
                """, now.truncatedTo(ChronoUnit.MINUTES));
    }

    /** A summary was told, or that the storm is over. */
    public static void told(Sql sql, String receiver, boolean storm) {
        sql.later(
                "update dispatcher.storm set held = 0, groups = 0, examples = '', told = ? where receiver = ?",
                storm,
                receiver);
    }
}

package io.flywatch.alerts;

import io.flywatch.alerts.adapter.jdbc.Database;
import io.flywatch.alerts.adapter.jdbc.GroupTable;
import io.flywatch.alerts.adapter.jdbc.NoticeTable;
import io.flywatch.alerts.adapter.jdbc.Replicas;
import io.flywatch.alerts.adapter.jdbc.Replicas.Beat;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * This replica among the others. Each counts its own beats in PostgreSQL; one whose count stands still is gone, and what it had in hand
 * is taken over. Only this replica's own stopwatch is asked how long it stood still, and only while PostgreSQL answers: neither a clock
 * that was set nor a database that was away makes a living replica seem gone.
 */
@Singleton
final class Replica {
    private static final Logger LOG = Logger.getLogger(Replica.class);
    private static final Duration GAP = Duration.ofSeconds(3);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final Database database;
    private final Courier courier;
    private final SteadyClock clock;
    private final Map<String, Seen> seen = new HashMap<>();
    private Set<Long> lost = Set.of();
    private long lastLook = System.nanoTime();

    Replica(Database database, Courier courier, SteadyClock clock) {
        this.database = database;
        this.courier = courier;
        this.clock = clock;
    }

    private record Seen(long beat, long since) {}

    /** Gives a sign of life, and looks for those of others. */
    void beat(Duration takeOverAfter) {
        String own = courier.replica().toString();
        List<Long> mine = new ArrayList<>();
        List<String> gone = database.transact(sql -> {
            Replicas.beat(sql, courier.replica(), clock.instant());
            List<String> still = still(Replicas.all(sql), NoticeTable.owners(sql), own, takeOverAfter);
            if (!still.isEmpty()) {
                int notices = NoticeTable.putBack(sql, still, clock.instant());
                Replicas.forget(sql, still);
                LOG.infof(
                        "replicas are gone, what they had in hand is taken over replicas=%d notices=%d",
                        still.size(), notices);
            }
            mine.addAll(NoticeTable.inHand(sql, courier.replica()));
            putBackLost(sql, mine);
            return still;
        });
        if (!gone.isEmpty()) {
            gone.forEach(seen::remove);
            courier.call();
        }
    }

    /** What is ours by the table, but never came to hand: the answer to a commit was lost. */
    private void putBackLost(io.flywatch.alerts.adapter.jdbc.Sql sql, List<Long> mine) {
        Set<Long> unknown = new HashSet<>(mine);
        unknown.removeIf(courier::has);
        Set<Long> twice = new HashSet<>(unknown);
        twice.retainAll(lost);
        if (!twice.isEmpty()) {
            NoticeTable.putBack(sql, courier.replica(), twice);
        }
        unknown.removeAll(twice);
        lost = unknown;
    }

    private List<String> still(List<Beat> beats, List<String> owners, String own, Duration takeOverAfter) {
        long now = System.nanoTime();
        boolean gap = now - lastLook > GAP.toNanos();
        lastLook = now;
        Map<String, Long> all = new HashMap<>();
        owners.forEach(owner -> all.put(owner, 0L));
        beats.forEach(beat -> all.put(beat.id(), beat.beat()));
        all.remove(own);
        seen.keySet().retainAll(all.keySet());
        List<String> still = new ArrayList<>();
        all.forEach((id, beat) -> {
            Seen before = seen.get(id);
            if (before == null || before.beat() != beat || gap) {
                seen.put(id, new Seen(beat, now));
            } else if (now - before.since() > takeOverAfter.toNanos()) {
                still.add(id);
            }
        });
        return still;
    }

    /** After a start: a clock that was set back since must not make anything wait. */
    void clean() {
        database.transact(sql -> {
            var now = clock.instant();
            NoticeTable.hurry(sql, now.plus(LONGEST_WAIT), now);
            GroupTable.wakeAll(sql, now);
            return true;
        });
    }
}

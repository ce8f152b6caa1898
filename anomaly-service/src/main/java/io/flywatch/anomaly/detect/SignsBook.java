package io.flywatch.anomaly.detect;

import io.flywatch.anomaly.rule.Signs;
import io.flywatch.anomaly.rule.Signs.Gap;
import io.flywatch.anomaly.rule.Signs.Stuck;
import io.flywatch.anomaly.series.LagView;
import io.flywatch.anomaly.series.Window;
import io.flywatch.events.lag.LagSample.TableLag;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps what {@link Signs} are read of. Tables that are no longer spoken of are forgotten. */
final class SignsBook {

    private static final Duration LATELY = Duration.ofSeconds(5);
    private static final Duration SLOW_IS_REMEMBERED = Duration.ofSeconds(30);
    private static final Duration GAP_IS_REMEMBERED = Duration.ofSeconds(20);
    private static final Duration WORTH_A_WORD = Duration.ofSeconds(2);
    private static final double MANY = 500;
    private static final double NEARLY_ALL = 0.95;
    private static final double FRESH_SECONDS = 2;

    private final Map<String, Table> tables = new HashMap<>();
    private double slowest;
    private Instant slowestAt = Instant.EPOCH;
    private Instant arrivedAt = Instant.EPOCH;
    private long arrived = -1;
    private @Nullable Gap gap;
    private Instant gapEnded = Instant.EPOCH;

    /** Something was heard of the migration, so long after what was heard before. */
    void heard(Instant at, Duration silent) {
        if (silent.compareTo(LATELY) > 0) {
            gap = new Gap(silent);
            gapEnded = at;
        }
    }

    void on(LagView lag) {
        Double apply = lag.stages().apply();
        if (apply != null && (apply >= slowest || lag.at().isAfter(slowestAt.plus(SLOW_IS_REMEMBERED)))) {
            slowest = apply;
            slowestAt = lag.at();
        }
        Map<String, Table> spoken = new HashMap<>();
        long all = 0;
        for (TableLag table : lag.tables()) {
            Table known = tables.getOrDefault(table.source(), new Table());
            known.on(lag.at(), table);
            spoken.put(table.source(), known);
            all += table.snapshotRows() + table.streamedRows() + table.backlog();
        }
        tables.clear();
        tables.putAll(spoken);
        Double beat = lag.vitals() == null ? null : lag.vitals().heartbeatAgeSeconds();
        Double old = beat == null ? lag.stalenessSeconds() : beat;
        if (all != arrived || old == null || old < FRESH_SECONDS) {
            arrivedAt = lag.at();
        }
        arrived = all;
    }

    void regimeBegan(Instant at) {
        tables.clear();
        arrivedAt = at;
        gap = null;
    }

    Signs signs(Instant now, Instant heardAt, boolean byOurClock, Measures measures) {
        return new Signs(
                stuck(now),
                gap(now, heardAt, byOurClock),
                measures.usual("clock_skew", null),
                oneTableGrows(now),
                measures.ceilings(),
                nothingArrivesFor(now));
    }

    private @Nullable Stuck stuck(Instant now) {
        Stuck worst = null;
        for (Map.Entry<String, Table> each : tables.entrySet()) {
            Table table = each.getValue();
            if (table.waiting > 0 && table.since != null) {
                long slow = now.isAfter(slowestAt.plus(SLOW_IS_REMEMBERED)) ? 0 : Math.round(2000 * slowest);
                Duration lasting = Duration.between(table.since, now).minusMillis(slow);
                if (lasting.compareTo(WORTH_A_WORD) > 0 && (worst == null || lasting.compareTo(worst.lasting()) > 0)) {
                    worst = new Stuck(each.getKey(), lasting, table.waiting);
                }
            }
        }
        return worst;
    }

    private @Nullable Gap gap(Instant now, Instant heardAt, boolean byOurClock) {
        Duration silent = byOurClock ? Duration.between(heardAt, now) : Duration.ZERO;
        if (silent.compareTo(LATELY) > 0) {
            return new Gap(silent);
        }
        return now.isAfter(gapEnded.plus(GAP_IS_REMEMBERED)) ? null : gap;
    }

    private @Nullable String oneTableGrows(Instant now) {
        double most = 0;
        double all = 0;
        String which = null;
        for (Map.Entry<String, Table> each : tables.entrySet()) {
            double grown = each.getValue().grown(now);
            all += grown;
            if (grown > most) {
                most = grown;
                which = each.getKey();
            }
        }
        return most >= MANY && most >= NEARLY_ALL * all ? which : null;
    }

    private @Nullable Duration nothingArrivesFor(Instant now) {
        return arrived < 0 || arrivedAt.equals(Instant.EPOCH) || !now.isAfter(arrivedAt)
                ? null
                : Duration.between(arrivedAt, now);
    }

    /** What is remembered of one table. */
    private static final class Table {
        private final Window arrived = new Window(LATELY.multipliedBy(2));
        private long applied = -1;
        private long waiting;
        private @Nullable Instant since;

        void on(Instant at, TableLag table) {
            long rows = table.snapshotRows() + table.streamedRows();
            arrived.add(at, rows + (double) table.backlog());
            if (rows != applied || table.backlog() == 0) {
                since = table.backlog() == 0 ? null : at;
            } else if (since == null) {
                since = at;
            }
            applied = rows;
            waiting = table.backlog();
        }

        double grown(Instant now) {
            double before = arrived.at(now.minus(LATELY)).orElse(Double.NaN);
            double after = arrived.last().orElse(Double.NaN);
            return Double.isNaN(after - before) ? 0 : Math.max(0, after - before);
        }
    }
}

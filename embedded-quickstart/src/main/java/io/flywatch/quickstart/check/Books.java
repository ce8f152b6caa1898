package io.flywatch.quickstart.check;

import io.flywatch.events.lag.LagSample;
import io.flywatch.events.lag.LagSample.TableLag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Takes down, second by second, what the figures at the end are made of. */
public final class Books {

    private final String migration;
    private final Map<String, List<Double>> lags = new HashMap<>();
    private final Map<String, Moved> moved = new HashMap<>();
    private boolean undisturbed;
    private final Map<String, Long> streamed = new HashMap<>();

    /** The books of one migration. */
    public Books(String migration) {
        this.migration = migration;
    }

    /** From now on, or no more, lag is taken down. */
    public synchronized void undisturbed(boolean now) {
        undisturbed = now;
    }

    private record Moved(Instant first, Instant last, long rows) {}

    /** Takes down a second of the pipeline. */
    public synchronized void add(LagSample sample) {
        if (!sample.migrationId().equals(migration)) {
            return;
        }
        for (TableLag table : sample.tables()) {
            streamed.put(table.source(), table.streamedRows());
            move(table.source(), sample.at(), table.snapshotRows());
            Double lag = table.lagSeconds();
            if (lag != null && undisturbed) {
                lags.computeIfAbsent(table.source(), name -> new ArrayList<>()).add(lag);
            }
        }
    }

    private void move(String table, Instant at, long rows) {
        Moved before = moved.get(table);
        if (before == null || rows == 0) {
            moved.put(table, new Moved(at, at, rows));
        } else if (rows > before.rows()) {
            moved.put(table, new Moved(before.first(), at, rows));
        }
    }

    /** The lag that this share of the seconds stayed at or under, where a second counts its oldest change. */
    synchronized OptionalDouble lag(String table, double share) {
        return quantile(lags.getOrDefault(table, List.of()), share);
    }

    /** The same of all tables. */
    synchronized OptionalDouble lag(double share) {
        return quantile(lags.values().stream().flatMap(List::stream).toList(), share);
    }

    private static OptionalDouble quantile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(sorted.get((int) Math.ceil(share * sorted.size()) - 1));
    }

    /** Rows of the snapshot. */
    synchronized long rows(String table) {
        Moved rows = moved.get(table);
        return rows == null ? 0 : rows.rows();
    }

    /** Rows of the snapshot a second, while the table's rows came. */
    synchronized double rowsPerSecond(String table) {
        Moved rows = moved.get(table);
        if (rows == null) {
            return 0;
        }
        double seconds = Math.max(1, Duration.between(rows.first(), rows.last()).toMillis() / 1000.0);
        return rows.rows() / seconds;
    }

    /** Changes after the snapshot, of all tables. */
    synchronized long streamed() {
        return streamed.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Changes after the snapshot. */
    synchronized long streamed(String table) {
        return streamed.getOrDefault(table, 0L);
    }

    /** From the first row of any table to the last. */
    synchronized Duration snapshotTook() {
        Instant first = moved.values().stream()
                .map(Moved::first)
                .min(Instant::compareTo)
                .orElse(Instant.EPOCH);
        Instant last =
                moved.values().stream().map(Moved::last).max(Instant::compareTo).orElse(Instant.EPOCH);
        return Duration.between(first, last);
    }
}

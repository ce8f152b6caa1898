package io.flywatch.quickstart.screen;

import io.flywatch.events.anomaly.Anomaly;
import io.flywatch.events.lag.LagSample;
import io.flywatch.events.lag.LagSample.TableLag;
import io.flywatch.events.progress.Eta;
import io.flywatch.events.progress.ProgressSample;
import io.flywatch.events.progress.TableProgress;
import io.flywatch.quickstart.screen.View.Flow;
import io.flywatch.quickstart.screen.View.News;
import io.flywatch.quickstart.screen.View.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is known at the moment, gathered from the events of one migration. Any thread may tell and ask. */
public final class Board {

    private static final int NEWS_KEPT = 50;

    private final String migration;
    private final String route;
    private final LongSupplier changes;
    private final Deque<News> news = new ArrayDeque<>();
    private final Map<String, Anomaly> open = new LinkedHashMap<>();
    private @Nullable ProgressSample progress;
    private @Nullable LagSample lag;
    private @Nullable Instant began;
    private @Nullable String trouble;
    private List<String> hints = List.of();
    private @Nullable String end;
    private @Nullable Instant endedAt;

    /**
     * An empty board.
     *
     * @param changes how many changes the workload has made so far
     */
    public Board(String migration, String route, LongSupplier changes) {
        this.migration = migration;
        this.route = route;
        this.changes = changes;
    }

    public synchronized void progress(ProgressSample sample) {
        if (sample.migrationId().equals(migration)) {
            progress = sample;
        }
    }

    public synchronized void lag(LagSample sample) {
        if (sample.migrationId().equals(migration)) {
            lag = sample;
        }
    }

    /** The run of our migration began. */
    public synchronized void began(Instant at) {
        began = at;
    }

    public synchronized void opened(Anomaly anomaly) {
        open.put(anomaly.id(), anomaly);
    }

    public synchronized void closed(Anomaly anomaly) {
        open.remove(anomaly.id());
    }

    /** The run of our migration has come to its end: nothing moves any more, whatever late samples say. */
    public synchronized void ended(Instant at, String how) {
        endedAt = at;
        end = how;
        trouble = null;
        hints = hints.isEmpty()
                ? List.of()
                : Stream.concat(
                                Stream.of("The run has " + how
                                        + " and the parts are up until you press Ctrl-C. Look around:"),
                                hints.stream().skip(1).filter(it -> !it.contains("--break")))
                        .toList();
    }

    synchronized void news(News item) {
        news.addLast(item);
        if (news.size() > NEWS_KEPT) {
            news.removeFirst();
        }
    }

    /** Says what is broken on purpose; null when it is mended. */
    public synchronized void trouble(@Nullable String what) {
        trouble = what;
    }

    /** Says where to look next. */
    public synchronized void hints(List<String> lines) {
        hints = List.copyOf(lines);
    }

    public synchronized Optional<ProgressSample> progress() {
        return Optional.ofNullable(progress);
    }

    public synchronized Optional<LagSample> lag() {
        return Optional.ofNullable(lag);
    }

    /** Whether every row that was there before the start has arrived. */
    public synchronized boolean isSnapshotComplete() {
        ProgressSample sample = progress;
        return sample != null
                && !sample.tables().isEmpty()
                && sample.tables().stream().allMatch(TableProgress::done);
    }

    /** The ids of the anomalies that are open. */
    public synchronized List<Anomaly> openAnomalies() {
        return List.copyOf(open.values());
    }

    synchronized View view(Instant now) {
        List<Row> rows = rows();
        return new View(
                migration,
                route,
                phase(),
                began == null ? Duration.ZERO : Duration.between(began, endedAt == null ? now : endedAt),
                rows,
                rows.isEmpty() ? null : total(rows),
                end == null ? flow() : null,
                changes.getAsLong(),
                trouble,
                open.values().stream()
                        .map(anomaly -> anomaly.rule() + " ("
                                + anomaly.severity().name().toLowerCase(Locale.ROOT) + ")  " + anomaly.summary())
                        .toList(),
                new ArrayList<>(news),
                hints,
                end != null);
    }

    private String phase() {
        if (end != null) {
            return end;
        }
        LagSample sample = lag;
        ProgressSample run = progress;
        if (isSnapshotComplete() && sample != null) {
            return sample.state().name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        return run == null ? "starting" : run.activity();
    }

    private List<Row> rows() {
        if (progress == null) {
            return List.of();
        }
        List<TableProgress> tables = progress.tables();
        boolean oneSchema =
                tables.stream().map(table -> schema(table.table())).distinct().count() == 1;
        Map<String, TableLag> lags = lag == null
                ? Map.of()
                : lag.tables().stream().collect(Collectors.toMap(TableLag::source, t -> t, (a, b) -> a));
        return tables.stream()
                .map(table -> row(table, oneSchema, lags.get(table.table())))
                .toList();
    }

    private static Row row(TableProgress table, boolean oneSchema, @Nullable TableLag lag) {
        String name = oneSchema ? table.table().substring(schema(table.table()).length() + 1) : table.table();
        return new Row(
                name,
                lag == null ? table.rowsDone() : lag.snapshotRows(),
                table.rowsTotal(),
                table.done() && lag != null ? lag.rowsPerSecond() : table.rowsPerSecond(),
                left(table.eta()),
                table.done(),
                lag == null ? 0 : lag.streamedRows());
    }

    private Row total(List<Row> rows) {
        boolean known = rows.stream().allMatch(row -> row.total() != null);
        boolean complete = rows.stream().allMatch(Row::complete);
        return new Row(
                "all",
                rows.stream().mapToLong(Row::done).sum(),
                known
                        ? rows.stream()
                                .mapToLong(row -> row.total() == null ? 0 : row.total())
                                .sum()
                        : null,
                rows.stream().mapToDouble(Row::rowsPerSecond).sum(),
                progress == null ? null : left(progress.eta()),
                complete,
                rows.stream().mapToLong(Row::streamed).sum());
    }

    private @Nullable Flow flow() {
        LagSample sample = lag;
        return sample == null
                ? null
                : new Flow(
                        sample.lagSeconds(),
                        sample.stalenessSeconds(),
                        sample.backlog(),
                        sample.arrivingPerSecond(),
                        sample.appliedPerSecond(),
                        sample.deadLetters());
    }

    private static @Nullable Duration left(@Nullable Eta eta) {
        return eta == null ? null : eta.likely();
    }

    private static String schema(String table) {
        return table.substring(0, Math.max(0, table.indexOf('.')));
    }
}

package io.flywatch.anomaly.series;

import io.flywatch.events.progress.ProgressSample;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All series of one migration, found as they appear. Bounded: of too many, the one that was written to longest ago goes. */
public final class SeriesBook {

    private final String migrationId;
    private final Duration length;
    private final int most;
    private final LinkedHashMap<SeriesId, Window> windows = new LinkedHashMap<>(64, 0.75f, true);

    /**
     * An empty book.
     *
     * @param length how far back the series reach
     * @param most how many series it holds
     */
    public SeriesBook(String migrationId, Duration length, int most) {
        this.migrationId = migrationId;
        this.length = length;
        this.most = most;
    }

    /** Writes the numbers of a run's progress. */
    public void progress(ProgressSample sample) {
        Instant at = sample.at();
        write("rows_done", null, at, (double) sample.rowsDone());
        write("rows_per_second", null, at, sample.rowsPerSecond());
        write("errors", null, at, (double) sample.errors());
        sample.tables().forEach(table -> {
            write("table_rows_done", table.table(), at, (double) table.rowsDone());
            write("rows_per_second", table.table(), at, table.rowsPerSecond());
        });
    }

    /** Writes the numbers of a pipeline. */
    public void lag(LagView view) {
        Instant at = view.at();
        write("lag", null, at, view.lagSeconds());
        write("staleness", null, at, view.stalenessSeconds());
        write("arriving", null, at, view.arrivingPerSecond());
        write("applied", null, at, view.appliedPerSecond());
        write("backlog", null, at, (double) view.backlog());
        write("dead_letters", null, at, (double) view.deadLetters());
        write("stage", "capture", at, view.stages().capture());
        write("stage", "transport", at, view.stages().transport());
        write("stage", "apply", at, view.stages().apply());
        view.tables().forEach(table -> write("lag", table.source(), at, table.lagSeconds()));
    }

    /** Writes one number; null is no measurement and leaves no point. */
    public void write(String measure, @Nullable String part, Instant at, @Nullable Double value) {
        if (value == null) {
            return;
        }
        SeriesId id = new SeriesId(migrationId, measure, part);
        windows.computeIfAbsent(id, key -> new Window(length)).add(at, value);
        if (windows.size() > most) {
            windows.remove(windows.firstEntry().getKey());
        }
    }

    /** A series' points; an empty window if there is no such series. */
    public Window window(String measure, @Nullable String part) {
        Window window = windows.get(new SeriesId(migrationId, measure, part));
        return window == null ? new Window(length) : window;
    }

    /** The series that there are, with their newest values. */
    public Map<String, Double> latest() {
        Map<String, Double> latest = new LinkedHashMap<>();
        windows.forEach((id, window) -> window.last().ifPresent(value -> latest.put(id.name(), value)));
        return latest;
    }
}

package io.flywatch.anomaly.series;

import io.flywatch.anomaly.score.Intake.Verdict;
import io.flywatch.anomaly.score.Sensitivity;
import io.flywatch.events.lag.LagSample.Headroom;
import io.flywatch.events.lag.LagSample.Vitals;
import io.flywatch.events.progress.ProgressSample;
import io.flywatch.events.progress.ServerSight;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All series of one migration, found as they appear. Bounded: of too many, the one that was written to longest ago goes. */
public final class SeriesBook {

    /** Those that rules look back on. */
    private static final Set<String> REMEMBERED = Set.of("behind", "backlog", "stage", "arriving", "clock_skew");

    private static final Duration NEW_WITHIN = Duration.ofMinutes(1);
    private static final Duration SLIP_OVER = Duration.ofMinutes(1);

    private final String migrationId;
    private final Duration length;
    private final int most;
    private final Sensitivity sensitivity;
    private final LinkedHashMap<SeriesId, Window> windows = new LinkedHashMap<>(64, 0.75f, true);
    private final LinkedHashMap<SeriesId, Track> tracks = new LinkedHashMap<>(64, 0.75f, true);
    private final Window letters = new Window(NEW_WITHIN.multipliedBy(2));
    private @Nullable Window ends;
    private final Refusals refusals;

    /**
     * An empty book.
     *
     * @param length how far back the series reach
     * @param most how many series it holds
     * @param sensitivity how readily a series is called unusual
     * @param refusals counts the points that can't be taken
     */
    public SeriesBook(String migrationId, Duration length, int most, Sensitivity sensitivity, Refusals refusals) {
        this.migrationId = migrationId;
        this.length = length;
        this.most = most;
        this.sensitivity = sensitivity;
        this.refusals = refusals;
    }

    /** Writes the numbers of a run's progress. */
    public void progress(ProgressSample sample) {
        Instant at = sample.at();
        write("rows_done", null, at, (double) sample.rowsDone());
        write("rows_per_second", null, at, sample.rowsPerSecond());
        write("errors", null, at, (double) sample.errors());
        sample.tables().forEach(table -> {
            write("table_rows_done", table.table(), at, (double) table.rowsDone());
            write("table_rows_per_second", table.table(), at, table.rowsPerSecond());
        });
        ServerSight server = sample.server();
        if (server != null) {
            write("blocked_sessions", null, at, (double) server.blockedSessions());
            write("longest_blocked", null, at, server.longestBlockedSeconds());
        }
        slip(sample);
    }

    /** By how much the estimated end moved away over the last minute, in seconds. */
    private void slip(ProgressSample sample) {
        if (sample.eta() == null) {
            ends = null;
            return;
        }
        if (ends == null) {
            ends = new Window(SLIP_OVER.multipliedBy(2));
        }
        double end = sample.at().toEpochMilli() / 1000.0 + sample.eta().likely().toMillis() / 1000.0;
        ends.add(sample.at(), end);
        ends.at(sample.at().minus(SLIP_OVER)).ifPresent(before -> write("eta_slip", null, sample.at(), end - before));
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
        letters.add(at, view.deadLetters());
        letters.at(at.minus(NEW_WITHIN))
                .ifPresent(before -> write("new_dead_letters", null, at, Math.max(0, view.deadLetters() - before)));
        write("stage", "capture", at, view.stages().capture());
        write("stage", "transport", at, view.stages().transport());
        write("stage", "apply", at, view.stages().apply());
        view.tables().forEach(table -> write("lag", table.source(), at, table.lagSeconds()));
        write("clock_skew", null, at, view.clockSkewSeconds());
        Vitals vitals = view.vitals();
        if (vitals != null) {
            write("heartbeat_age", null, at, vitals.heartbeatAgeSeconds());
            for (Headroom headroom : vitals.headroom()) {
                write("headroom", headroom.resource(), at, headroom.seconds());
            }
            boolean never = vitals.catchUp() != null && vitals.catchUp().likelySeconds() == null;
            write("falling_behind", null, at, never ? (double) view.backlog() : 0);
        }
    }

    /** Writes one number; null is no measurement and leaves no point. */
    public void write(String measure, @Nullable String part, Instant at, @Nullable Double value) {
        if (value != null) {
            write(measure, part, at, value, Meaning.of(measure));
        }
    }

    /** Writes one number of a measure that is known by its declaration alone. */
    public void write(String measure, @Nullable String part, Instant at, double value, Meaning meaning) {
        SeriesId id = new SeriesId(migrationId, measure, part);
        if (REMEMBERED.contains(measure)) {
            windows.computeIfAbsent(id, key -> new Window(length)).add(at, value);
            if (windows.size() > most) {
                windows.remove(windows.firstEntry().getKey());
            }
        }
        Verdict verdict = tracks.computeIfAbsent(id, key -> new Track(id.name(), meaning, sensitivity))
                .add(at, value);
        if (verdict != Verdict.TAKEN) {
            refusals.add(verdict);
        }
        if (tracks.size() > most) {
            tracks.remove(tracks.firstEntry().getKey());
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
        sightings().forEach((name, seen) -> latest.put(name, seen.value()));
        return latest;
    }

    /** The newest point of each series, with what was said of it. */
    public Map<String, Sighting> sightings() {
        Map<String, Sighting> sightings = new LinkedHashMap<>();
        tracks.forEach((id, track) -> {
            Sighting newest = track.newest();
            if (newest != null) {
                sightings.put(id.name(), newest);
            }
        });
        return sightings;
    }

    /** Another regime began, and it is no incident: what was expected is expected no more. */
    public void regimeBegan() {
        tracks.values().forEach(Track::regimeBegan);
    }
}

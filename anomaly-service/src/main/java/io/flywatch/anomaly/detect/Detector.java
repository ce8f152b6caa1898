package io.flywatch.anomaly.detect;

import io.flywatch.anomaly.episode.OpenEpisode;
import io.flywatch.anomaly.polled.PolledPoint;
import io.flywatch.anomaly.rule.RuleName;
import io.flywatch.anomaly.series.Refusals;
import io.flywatch.anomaly.series.Sighting;
import io.flywatch.events.FlywatchEvent;
import io.flywatch.events.anomaly.AnomalyClosed;
import io.flywatch.events.anomaly.AnomalyEvent;
import io.flywatch.events.anomaly.AnomalyOpened;
import io.flywatch.events.anomaly.AnomalyUpdated;
import io.flywatch.events.anomaly.UnknownAnomaly;
import io.flywatch.events.lag.LagSample;
import io.flywatch.events.progress.ProgressEvent;
import io.flywatch.events.progress.ProgressSample;
import io.flywatch.events.progress.RunFailed;
import io.flywatch.events.progress.RunFinished;
import io.flywatch.events.progress.RunRetried;
import io.flywatch.events.progress.RunStarted;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Leads events through the rules to episodes. One thread writes; {@link #board()} is what others look at. While the past is replayed
 * (not {@code telling}) it only learns; what would have to be told of that is told with the next event.
 */
public final class Detector {

    private static final int ENDED_RUNS_REMEMBERED = 1000;

    private DetectorSettings settings;
    private final Refusals refusals;
    private final Map<String, Watched> watched = new HashMap<>();
    private final SequencedSet<String> endedRuns = new LinkedHashSet<>();
    private final ArrayDeque<AnomalyClosed> history = new ArrayDeque<>();
    private final List<AnomalyEvent> untold = new ArrayList<>();
    private final Looks looks = new Looks();

    /** A detector that knows nothing yet. */
    public Detector(DetectorSettings settings) {
        this(settings, new Refusals());
    }

    /** A detector that knows nothing yet, and counts the points that it can't take. */
    public Detector(DetectorSettings settings, Refusals refusals) {
        this.settings = settings;
        this.refusals = refusals;
    }

    /** Takes up what earlier processes told, in its order: the episodes left open, and the history. */
    public void resume(List<AnomalyEvent> told, Instant now) {
        Map<String, AnomalyEvent> open = new HashMap<>();
        for (AnomalyEvent event : told) {
            switch (event) {
                case AnomalyOpened e -> open.put(e.anomaly().id(), e);
                case AnomalyUpdated e -> open.put(e.anomaly().id(), e);
                case AnomalyClosed e -> {
                    open.remove(e.anomaly().id());
                    remember(e);
                }
                case UnknownAnomaly e -> {}
            }
        }
        open.values().stream()
                .sorted((one, other) -> one.at().compareTo(other.at()))
                .forEach(event -> resume(event, now));
    }

    private void resume(AnomalyEvent event, Instant now) {
        OpenEpisode open = switch (event) {
            case AnomalyOpened e -> OpenEpisode.resumed(e.anomaly(), e.runId(), e.at());
            case AnomalyUpdated e -> OpenEpisode.resumed(e.anomaly(), e.runId(), e.at());
            case AnomalyClosed e -> null;
            case UnknownAnomaly e -> null;
        };
        if (open != null && isKnownRule(open)) {
            Watched run = watched.computeIfAbsent(event.migrationId(), id -> newWatch(id, event.runId(), now));
            looks.changed(event.migrationId());
            settings.silences().stream()
                    .filter(silence -> silence.series().equals(open.anomaly().series()))
                    .forEach(silence -> run.watch()
                            .silentSince(silence.who(), open.anomaly().since()));
            OpenEpisode forgotten = run.episodes().resume(open);
            if (forgotten != null) {
                addIfTold(
                        forgotten.close(event.migrationId(), now, "superseded").told());
            }
        }
    }

    private static boolean isKnownRule(OpenEpisode open) {
        for (RuleName name : RuleName.values()) {
            if (name.id().equals(open.anomaly().rule())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Takes an event of the runner.
     *
     * @param heard when it was received, by our own clock
     */
    public List<AnomalyEvent> on(ProgressEvent event, Instant heard, boolean telling) {
        boolean ends = event instanceof RunFinished || event instanceof RunFailed;
        boolean again = event instanceof RunRetried;
        if (again) {
            endedRuns.remove(event.runId());
        }
        Watched run = runOf(event, again || event instanceof RunStarted || event instanceof ProgressSample);
        if (ends) {
            remember(event.runId());
        }
        if (run == null) {
            return tell(List.of(), telling);
        }
        looks.changed(event.migrationId());
        boolean rests = settings.rests(event.migrationId(), event.at());
        if (!rests
                || !(event instanceof ProgressSample sample)
                || sample.state().isFinal()) {
            run.watch().on(event, heard);
        } else {
            run.watch().restsAt(heard);
        }
        String ended = run.watch().ended();
        if (ended != null) {
            remember(event.runId());
            watched.remove(event.migrationId());
            return tell(run.episodes().closeAll(event.at(), ended), telling);
        }
        return tell(event instanceof ProgressSample ? judge(run, event, rests, telling) : List.of(), telling);
    }

    /** Takes a sample of the processor. */
    public List<AnomalyEvent> on(LagSample sample, Instant heard, boolean telling) {
        Watched known = watched.get(sample.migrationId());
        boolean mayBegin = known == null || !known.watch().hasHeardRunner();
        Watched run = runOf(sample, mayBegin);
        if (run == null) {
            return tell(List.of(), telling);
        }
        looks.changed(sample.migrationId());
        boolean rests = settings.rests(sample.migrationId(), sample.at());
        if (rests) {
            run.watch().restsAt(heard);
        } else {
            run.watch().on(sample, heard);
        }
        return tell(judge(run, sample, rests, telling), telling);
    }

    /** Takes a number that was asked for; it is judged with the next sample of its migration, if that is known. */
    public void on(PolledPoint point) {
        Watched run = watched.get(point.migrationId());
        if (run != null && !settings.rests(point.migrationId(), point.at())) {
            run.watch().on(point);
            looks.changed(point.migrationId());
        }
    }

    /** Nothing is judged while a migration is under maintenance; what was open is told to be over, as nobody looks at it. */
    private static List<AnomalyEvent> judge(Watched run, FlywatchEvent event, boolean rests, boolean telling) {
        return rests ? run.episodes().closeAll(event.at(), "maintenance began") : run.judge(telling);
    }

    /** From now on other rules count. What was learned stays. */
    public void adopt(DetectorSettings next) {
        settings = next;
        watched.keySet().forEach(looks::changed);
        watched.values().forEach(run -> untold.addAll(run.adopt(next)));
    }

    /** What the passing of time alone brings; {@code now} is by our own clock. */
    public List<AnomalyEvent> tick(Instant now) {
        return tick(List.copyOf(watched.keySet()), now);
    }

    /** The same for some of the migrations, so that those who come in between need not wait for all. */
    public List<AnomalyEvent> tick(Collection<String> migrations, Instant now) {
        List<AnomalyEvent> told = new ArrayList<>();
        for (String migration : migrations) {
            Watched run = watched.get(migration);
            if (run == null) {
                continue;
            }
            looks.changed(migration);
            if (run.watch().heardAt().plus(settings.giveUpAfter()).isBefore(now)) {
                watched.remove(migration);
                told.addAll(run.episodes().closeAll(now, "nothing was heard of the run for " + settings.giveUpAfter()));
            } else if (!settings.rests(migration, now)) {
                told.addAll(run.judgeSilence(now));
            }
        }
        return tell(told, true);
    }

    /** The migrations that are watched. */
    public Set<String> migrations() {
        return Set.copyOf(watched.keySet());
    }

    /** The run that an event is of; null if that run is over, or is not the one that goes on. */
    private @Nullable Watched runOf(FlywatchEvent event, boolean mayBegin) {
        String runId = event.runId();
        if (runId != null && endedRuns.contains(runId)) {
            return null;
        }
        Watched known = watched.get(event.migrationId());
        if (known == null) {
            return mayBegin ? begin(event) : null;
        }
        if (runId == null || runId.equals(known.watch().runId())) {
            return known;
        }
        if (!mayBegin
                || event.at().isBefore(known.watch().seenAt()) && known.watch().hasHeardRunner()) {
            return null;
        }
        remember(known.watch().runId());
        untold.addAll(known.episodes().closeAll(event.at(), "another run began"));
        return begin(event);
    }

    private Watched begin(FlywatchEvent event) {
        Watched begun = newWatch(event.migrationId(), event.runId(), event.at());
        watched.put(event.migrationId(), begun);
        return begun;
    }

    private Watched newWatch(String migrationId, @Nullable String runId, Instant at) {
        return new Watched(
                new MigrationWatch(migrationId, runId, at, settings, refusals), new Episodes(migrationId), settings);
    }

    private void remember(@Nullable String endedRun) {
        if (endedRun != null) {
            endedRuns.add(endedRun);
            if (endedRuns.size() > ENDED_RUNS_REMEMBERED) {
                endedRuns.removeFirst();
            }
        }
    }

    private void remember(AnomalyClosed closed) {
        history.addFirst(closed);
        if (history.size() > settings.history()) {
            history.removeLast();
        }
    }

    private void addIfTold(@Nullable AnomalyEvent event) {
        if (event != null) {
            untold.add(event);
        }
    }

    private List<AnomalyEvent> tell(List<AnomalyEvent> events, boolean telling) {
        untold.addAll(events);
        if (!telling) {
            return List.of();
        }
        List<AnomalyEvent> told = List.copyOf(untold);
        untold.clear();
        told.stream()
                .filter(AnomalyClosed.class::isInstance)
                .map(AnomalyClosed.class::cast)
                .forEach(this::remember);
        return told;
    }

    /** The newest point of a series; null if there is none. */
    public @Nullable Sighting sighting(String migrationId, String series) {
        Watched run = watched.get(migrationId);
        return run == null ? null : run.watch().sightings().get(series);
    }

    /** What is known now. Only what changed since it was last asked for is looked at anew. */
    public Board board() {
        return new Board(looks.now(watched), List.copyOf(history));
    }
}

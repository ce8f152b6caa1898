package io.flywatch.anomaly.detect;

import io.flywatch.anomaly.polled.PolledPoint;
import io.flywatch.anomaly.rule.Phase;
import io.flywatch.anomaly.rule.Silence.Sender;
import io.flywatch.anomaly.rule.Situation;
import io.flywatch.anomaly.rule.Trends;
import io.flywatch.anomaly.series.LagView;
import io.flywatch.anomaly.series.Refusals;
import io.flywatch.anomaly.series.Sighting;
import io.flywatch.events.lag.LagSample;
import io.flywatch.events.progress.ProgressEvent;
import io.flywatch.events.progress.ProgressSample;
import io.flywatch.events.progress.RunPaused;
import io.flywatch.events.progress.RunResumed;
import io.flywatch.events.progress.StepStarted;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is known of one run of one migration. Takes events, gives the situation that rules judge. */
final class MigrationWatch {
    private static final Duration NOT_KNOWN_YET = Duration.ofSeconds(2);

    private final String migrationId;
    private final @Nullable String runId;
    private final Pipeline pipeline;
    private final Movement movement = new Movement();
    private final Measures measures;
    private final SignsBook signs = new SignsBook();
    private RunFacts facts = RunFacts.met();
    private @Nullable ProgressSample progress;
    private @Nullable Instant heardRunner;
    private @Nullable Instant heardProcessor;
    private Instant heardAt;
    private boolean spoke;
    private @Nullable Instant disturbedAt;
    private Instant seenAt;

    MigrationWatch(
            String migrationId, @Nullable String runId, Instant at, DetectorSettings settings, Refusals refusals) {
        this.migrationId = migrationId;
        this.runId = runId;
        this.pipeline = new Pipeline(settings.forgetReplicaAfter());
        this.measures = new Measures(migrationId, settings, refusals);
        this.heardAt = at;
        this.seenAt = at;
    }

    void on(ProgressEvent event, Instant heard) {
        heardRunner = heard;
        heard(heard);
        RunFacts before = facts;
        if (!isOutdated(event)) {
            facts = facts.on(event);
        }
        if (facts.regimeSince() != null && !Objects.equals(facts.regimeSince(), before.regimeSince())) {
            movement.regimeBegan(facts.regimeSince());
            measures.regimeBegan();
            signs.regimeBegan(facts.regimeSince());
            heardProcessor = heard;
        }
        if (event instanceof ProgressSample sample
                && (progress == null || sample.at().isAfter(progress.at()))) {
            progress = sample;
            movement.on(sample, phase());
            measures.on(sample);
        }
        seen(event.at());
    }

    /** Something was heard that is not to be learned of; when that is over, everything has to settle anew. */
    void restsAt(Instant heard) {
        heardRunner = heard;
        heardProcessor = facts.replicates(pipeline.view()) ? heard : heardProcessor;
        heardAt = heard;
        disturbedAt = heard;
    }

    /** Takes over from an earlier process that nothing has been heard of a sender since a time, however long ago that was. */
    void silentSince(Sender sender, Instant since) {
        heardAt = since;
        switch (sender) {
            case RUNNER -> heardRunner = since;
            case EVERYBODY -> {
                heardRunner = since;
                heardProcessor = since;
                facts = facts.replicating();
            }
            case PROCESSOR -> {
                heardProcessor = since;
                facts = facts.replicating();
            }
        }
    }

    /**
     * Facts travel through the outbox and may come after samples that already say what they led to. A sample may also have been put
     * together just before its own time, and not know yet what was done in between.
     */
    private boolean isOutdated(ProgressEvent event) {
        return progress != null
                && event.at().isBefore(progress.at().minus(NOT_KNOWN_YET))
                && (event instanceof StepStarted || event instanceof RunPaused || event instanceof RunResumed);
    }

    void on(LagSample sample, Instant heard) {
        heardProcessor = heard;
        heard(heard);
        boolean otherReplicas = pipeline.on(sample);
        LagView view = pipeline.view();
        if (otherReplicas && spoke) {
            // A processor that was started again, or more of them: what its absence left behind is no incident.
            disturbedAt = sample.at();
        }
        spoke = true;
        if (view != null) {
            movement.on(view, phase());
            measures.on(view, otherReplicas);
            signs.on(view);
        }
        seen(sample.at());
    }

    /** It says nothing of whether anybody was heard of. */
    void on(PolledPoint point) {
        measures.on(point);
    }

    private void heard(Instant at) {
        signs.heard(at, Duration.between(heardAt, at));
        heardAt = at;
    }

    private void seen(Instant at) {
        if (at.isAfter(seenAt)) {
            seenAt = at;
        }
    }

    private Phase phase() {
        return facts.phase(pipeline.view());
    }

    /** The situation by the clocks of the samples. */
    Situation situation() {
        return situation(seenAt, false);
    }

    /** The situation at a moment of which no sample speaks. */
    Situation situation(Instant now) {
        return situation(now, true);
    }

    private Situation situation(Instant now, boolean byOurClock) {
        LagView lag = pipeline.view();
        return new Situation(
                migrationId,
                now,
                phase(),
                facts.replicates(lag),
                regimeSince(),
                progress,
                lag,
                new Trends(
                        movement.movedAt(now),
                        movement.everMoved(),
                        movement.waitingSince(),
                        measures.errorsWithin(now),
                        measures.recordsWithin(now),
                        measures.backlogGrowth(now),
                        measures.lagFalling(now),
                        measures.lagSettled(),
                        measures.usual("stage", "apply"),
                        measures.usual("arriving", null),
                        heardRunner,
                        heardProcessor,
                        signs.signs(now, heardAt, byOurClock, measures)),
                measures.sightings());
    }

    private @Nullable Instant regimeSince() {
        Instant since = facts.regimeSince();
        return since == null || disturbedAt != null && disturbedAt.isAfter(since) ? disturbedAt : since;
    }

    Map<String, Sighting> sightings() {
        return measures.sightings();
    }

    String migrationId() {
        return migrationId;
    }

    @Nullable
    String runId() {
        return runId;
    }

    /** Whether the runner was heard of in this run. */
    boolean hasHeardRunner() {
        return heardRunner != null;
    }

    /** The newest moment that an event spoke of. */
    Instant seenAt() {
        return seenAt;
    }

    /** Why the run is over; null while it is not. */
    @Nullable
    String ended() {
        return facts.ended();
    }

    /** When anything was last heard of the run, by our own clock. */
    Instant heardAt() {
        return heardAt;
    }
}

package io.flywatch.anomaly.detect;

import io.flywatch.anomaly.rule.Phase;
import io.flywatch.anomaly.series.LagView;
import io.flywatch.events.lag.PipelineState;
import io.flywatch.events.progress.ConnectorRestarted;
import io.flywatch.events.progress.MigrationKind;
import io.flywatch.events.progress.ProgressEvent;
import io.flywatch.events.progress.ProgressSample;
import io.flywatch.events.progress.RunFailed;
import io.flywatch.events.progress.RunFinished;
import io.flywatch.events.progress.RunPaused;
import io.flywatch.events.progress.RunResumed;
import io.flywatch.events.progress.RunRetried;
import io.flywatch.events.progress.RunRolledBack;
import io.flywatch.events.progress.RunSkipped;
import io.flywatch.events.progress.RunStarted;
import io.flywatch.events.progress.RunState;
import io.flywatch.events.progress.StepFinished;
import io.flywatch.events.progress.StepStarted;
import io.flywatch.events.progress.UnknownProgress;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run from its facts. A regime is a stretch in which the same may be expected of it; a new one begins with the
 * run, a step, and work after a pause.
 *
 * @param regimeSince when the regime began; null if that was before what is known
 * @param ended why it is over; null while it is not
 */
record RunFacts(
        @Nullable MigrationKind kind,
        RunState state,
        @Nullable String step,
        @Nullable Instant regimeSince,
        @Nullable String ended) {

    /** Changes are moved as they come while a verification is a step, too. */
    private static final Set<String> STREAMING = Set.of("stream", "verify");

    /** A run whose beginning was not seen. */
    static RunFacts met() {
        return new RunFacts(null, RunState.RUNNING, null, null, null);
    }

    RunFacts on(ProgressEvent event) {
        return switch (event) {
            case RunStarted e -> new RunFacts(e.kind(), state, step, e.at(), ended);
            case StepStarted e -> withStep(e.step(), e.at());
            case StepFinished e -> this;
            case RunPaused e -> withState(RunState.PAUSED, e.at());
            case RunResumed e -> withState(RunState.RUNNING, e.at());
            case RunRetried e -> begunAgain(e.at());
            case RunRolledBack e -> this;
            case RunSkipped e -> this;
            case ConnectorRestarted e -> this;
            case RunFinished e ->
                ended(e.state(), "the run is over: " + e.state().name().toLowerCase(Locale.ROOT));
            case RunFailed e -> ended(RunState.FAILED, "the run failed: " + e.message());
            case ProgressSample e -> sampled(e);
            case UnknownProgress e -> this;
        };
    }

    /** The same run, of which it is known by other means that a processor takes part in it. */
    RunFacts replicating() {
        return new RunFacts(MigrationKind.REPLICATION, state, step, regimeSince, ended);
    }

    private RunFacts begunAgain(Instant at) {
        return new RunFacts(kind, RunState.RUNNING, step, at, null);
    }

    private RunFacts sampled(ProgressSample sample) {
        if (ended != null) {
            return this;
        }
        if (sample.state().isFinal()) {
            return ended(
                    sample.state(), "the run is over: " + sample.state().name().toLowerCase(Locale.ROOT));
        }
        // The first sample of a run whose beginning was not seen says nothing of when its regime began.
        RunFacts stepped = sample.step() == null || sample.step().equals(step)
                ? this
                : new RunFacts(kind, state, sample.step(), step == null ? regimeSince : sample.at(), null);
        return stepped.withState(sample.state(), sample.at());
    }

    private RunFacts withState(RunState next, Instant at) {
        return next == state || ended != null ? this : new RunFacts(kind, next, step, at, null);
    }

    private RunFacts withStep(String next, Instant at) {
        return Objects.equals(next, step) || ended != null ? this : new RunFacts(kind, state, next, at, null);
    }

    private RunFacts ended(RunState last, String why) {
        return new RunFacts(kind, last, step, regimeSince, why);
    }

    boolean replicates(@Nullable LagView lag) {
        return kind == MigrationKind.REPLICATION || lag != null;
    }

    Phase phase(@Nullable LagView lag) {
        if (state != RunState.RUNNING) {
            return Phase.RESTING;
        }
        if (!replicates(lag)) {
            return Phase.WORKING;
        }
        boolean streaming = step == null ? streams(lag) : STREAMING.contains(step);
        return streaming ? Phase.STREAMING : Phase.WORKING;
    }

    private static boolean streams(@Nullable LagView lag) {
        return lag != null && !lag.snapshotting() && lag.state() != PipelineState.UNMEASURED;
    }
}

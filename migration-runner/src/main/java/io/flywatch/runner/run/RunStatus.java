package io.flywatch.runner.run;

import io.flywatch.events.progress.RunState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a run stands. The moves that are allowed are the methods; an illegal one does not compile. */
public sealed interface RunStatus {

    /** The same in the words of events. */
    default RunState state() {
        return switch (this) {
            case Pending pending -> RunState.PENDING;
            case Running running -> RunState.RUNNING;
            case Paused paused -> RunState.PAUSED;
            case Succeeded succeeded -> RunState.SUCCEEDED;
            case Failed failed -> RunState.FAILED;
            case Cancelled cancelled -> RunState.CANCELLED;
        };
    }

    /** When a runner first began it; null if none has. */
    default @Nullable Instant startedAt() {
        return switch (this) {
            case Pending pending -> pending.before();
            case Running running -> running.since();
            case Paused paused -> paused.before();
            case Ended ended -> ended.since();
        };
    }

    /** A run that something may still happen in. */
    sealed interface Active extends RunStatus {}

    /** A run in which nothing will happen any more, unless somebody demands it. */
    sealed interface Ended extends RunStatus {
        /** When it began, or was accepted if it never did. */
        Instant since();

        Instant at();

        /** From its start to its end, pauses included; never negative, even if the clock was set back. */
        default Duration took() {
            Duration took = Duration.between(since(), at());
            return took.isNegative() ? Duration.ZERO : took;
        }
    }

    /**
     * Accepted; no runner has begun it, or begun it again.
     *
     * @param since when it was accepted
     * @param before when it first began, if it is to go on; null if it is new
     */
    record Pending(Instant since, @Nullable Instant before) implements Active {
        /** A new run. */
        public Pending(Instant since) {
            this(since, null);
        }

        /** A runner begins, or goes on. */
        public Running start(Instant at) {
            return new Running(before == null ? at : before);
        }

        /** It is not to begin for now. */
        public Paused pause(Instant at) {
            return new Paused(at, before);
        }
    }

    /** A runner works on it, or will as soon as one is there. */
    record Running(Instant since) implements Active {
        /** All of it is done. */
        public Succeeded succeed(Instant at) {
            return new Succeeded(since, at);
        }

        /** Ends the run, as somebody asked for it. */
        public Cancelled cancel(Instant at) {
            return new Cancelled(since, at);
        }

        /** Ends the run, as it can't go on. */
        public Failed fail(Failure failure, Instant at) {
            return new Failed(since, at, failure);
        }

        /** It stands still from now on, and nobody holds it. */
        public Paused pause(Instant at) {
            return new Paused(at, since);
        }
    }

    /**
     * It stands still, and no runner holds it.
     *
     * @param since when it was paused
     * @param before when it had begun; null if it had not
     */
    record Paused(Instant since, @Nullable Instant before) implements Active {
        /** It goes on as soon as a runner takes it. */
        public Pending resume(Instant at) {
            return new Pending(at, before);
        }

        /** A runner takes it in order to end it. */
        public Running end(Instant at) {
            return new Running(before == null ? at : before);
        }
    }

    /** All was done. */
    record Succeeded(Instant since, Instant at) implements Ended {}

    /** Somebody ended it. */
    record Cancelled(Instant since, Instant at) implements Ended {}

    /** It ended by a failure. */
    record Failed(Instant since, Instant at, Failure failure) implements Ended {
        /** It goes on from the step that was not done, as soon as a runner takes it. */
        public Pending retry(Instant now) {
            return new Pending(now, since);
        }
    }
}

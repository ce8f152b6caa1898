package io.flywatch.runner.run;

import io.flywatch.events.progress.RunState;
import java.time.Duration;
import java.time.Instant;

/** Where a run stands. The moves that are allowed are the methods; an illegal one does not compile. */
public sealed interface RunStatus {

    /** The same in the words of events. */
    default RunState state() {
        return switch (this) {
            case Pending pending -> RunState.PENDING;
            case Running running -> RunState.RUNNING;
            case Succeeded succeeded -> RunState.SUCCEEDED;
            case Failed failed -> RunState.FAILED;
            case Cancelled cancelled -> RunState.CANCELLED;
        };
    }

    /** A run that something may still happen in. */
    sealed interface Active extends RunStatus {
        /** When it was created or, if it has, when it began. */
        Instant since();

        /** Ends the run, as somebody asked for it. */
        default Cancelled cancel(Instant at) {
            return new Cancelled(since(), at);
        }

        /** Ends the run, as it can't go on. */
        default Failed fail(Failure failure, Instant at) {
            return new Failed(since(), at, failure);
        }
    }

    /** A run in which nothing will happen any more. */
    sealed interface Ended extends RunStatus {
        Instant since();

        Instant at();

        /** From its start to its end; never negative, even if the clock was set back. */
        default Duration took() {
            Duration took = Duration.between(since(), at());
            return took.isNegative() ? Duration.ZERO : took;
        }
    }

    /** Accepted; no runner has begun it. */
    record Pending(Instant since) implements Active {
        /** A runner begins. */
        public Running start(Instant at) {
            return new Running(at);
        }
    }

    /** A runner works on it, or will as soon as one is there. */
    record Running(Instant since) implements Active {
        /** All of it is done. */
        public Succeeded succeed(Instant at) {
            return new Succeeded(since, at);
        }
    }

    /** All was done. */
    record Succeeded(Instant since, Instant at) implements Ended {}

    /** Somebody ended it. */
    record Cancelled(Instant since, Instant at) implements Ended {}

    /** It ended by a failure. */
    record Failed(Instant since, Instant at, Failure failure) implements Ended {}
}

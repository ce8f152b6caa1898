package io.flywatch.runner.run;

/** How an engine's work on a run ended. */
public sealed interface Outcome {

    /** All of it is done. */
    record Done() implements Outcome {}

    /** It was ended on demand, and what it had set up is gone. */
    record Stopped() implements Outcome {}

    /** It can't go on. */
    record Broken(Failure failure) implements Outcome {}
}

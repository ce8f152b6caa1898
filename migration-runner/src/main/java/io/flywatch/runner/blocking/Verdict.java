package io.flywatch.runner.blocking;

/** What is to be done about a blockade. */
public sealed interface Verdict {

    /** Nothing: nobody waits, or not for long. */
    record Calm() implements Verdict {}

    /** Somebody should know. */
    record Warn(String reason) implements Verdict {}

    /** The statement at work is to be cancelled. */
    record Cancel(String reason) implements Verdict {}
}

package io.flywatch.runner.run;

/** What a trigger came to. */
public sealed interface Triggered {

    /** A new run. */
    record Created(Run run) implements Triggered {}

    /** The run that an earlier trigger with the same key started. */
    record Repeated(Run run) implements Triggered {}

    /** Nothing, as the key was used before, for something else. */
    record Misused(Run run) implements Triggered {}

    /** Nothing, as a run of the migration is active. */
    record Busy(Run run) implements Triggered {}
}

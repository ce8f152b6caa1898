package io.flywatch.runner.resnapshot;

/** What a connector is told to do with a snapshot. */
public sealed interface Signal {
    /** The snapshot that it is about. */
    Resnapshot snapshot();

    /** Read the tables. Given twice it is the same as once. */
    record Execute(Resnapshot snapshot) implements Signal {}

    /** Read nothing for now. */
    record Pause(Resnapshot snapshot) implements Signal {}

    /** Go on. */
    record Resume(Resnapshot snapshot) implements Signal {}

    /** Read nothing more. */
    record Stop(Resnapshot snapshot) implements Signal {}
}

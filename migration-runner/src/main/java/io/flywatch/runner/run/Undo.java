package io.flywatch.runner.run;

/** What of a migration is to be rolled back; always the newest part of what is applied, so that nothing is taken out from beneath. */
public sealed interface Undo {

    /** What a run applied or began. */
    record OfRun(String runId) implements Undo {}

    /**
     * All that comes after a version.
     *
     * @param version stays applied; {@code 0} rolls back everything
     */
    record After(String version) implements Undo {}
}

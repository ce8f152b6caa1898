package io.flywatch.runner.run;

/** What a caller may demand of a run that is there. */
public enum Demand {
    /** Let it stand still. */
    PAUSE,
    /** Let it go on after a pause. */
    RESUME,
    /** End it. */
    CANCEL,
    /** End a replication with success. */
    FINISH,
    /** Go on from the step that failed. */
    RETRY,
    /** Undo what it changed. */
    ROLLBACK
}

package io.flywatch.runner.run;

/** What somebody asks of a run that is on its way. */
public enum Wish {
    /** End it and undo what it set up. */
    CANCEL,
    /** A replication is done: end it with success. */
    FINISH,
    /** Let it stand still, so that it can go on later. */
    PAUSE
}

package io.flywatch.anomaly.rule;

/** What may be expected of a run now. */
public enum Phase {
    /** It works off rows whose number has an end: a snapshot, change sets, scripts. */
    WORKING,
    /** It follows a stream of changes; when there are none, nothing moves, and that is well. */
    STREAMING,
    /** It is paused, has not begun or is over: nothing is expected of it. */
    RESTING
}

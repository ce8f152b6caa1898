package io.flywatch.runner.adapter.mongo;

/** The points at which a runner may be lost. In production nothing happens here; tests lose it at each of them. */
interface Faults {
    /** Nothing is ever lost. */
    Faults NONE = point -> {};

    enum Point {
        LEDGER_BEGUN,
        STEP_BEGUN,
        EFFECT,
        BATCH_NOTED,
        SOME_CHANGED,
        ALL_CHANGED,
        BATCH_APPLIED,
        CHECKPOINT_MOVED,
        MARKS_REMOVED,
        IN_TRANSACTION,
        COMMITTED,
        WALK_DONE,
        STEP_DONE,
        CHANGE_SET_DONE
    }

    void at(Point point);
}

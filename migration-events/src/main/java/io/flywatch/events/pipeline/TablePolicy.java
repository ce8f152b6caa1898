package io.flywatch.events.pipeline;

/** What may be done to a target's tables. Documents need none of it. */
public enum TablePolicy {
    /** Missing tables are made, and follow the source when a column is added or widened. */
    FOLLOW,
    /** Missing tables are made; when the source changes, the pipeline waits for a person. */
    CREATE,
    /** Tables must be there, and are never changed. */
    CHECK
}

package io.flywatch.runner.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of the last time of a schedule.
 *
 * @param due the time
 * @param run the run that was started, if one was
 * @param told for a person
 */
public record Fired(Instant due, Outcome outcome, @Nullable String run, String told) {

    /** A closed set, fit for a metric's label. */
    public enum Outcome {
        /** A run was started. */
        STARTED,
        /** A run of the migration was active. */
        SKIPPED,
        /** No runner was there at the time. */
        MISSED
    }
}

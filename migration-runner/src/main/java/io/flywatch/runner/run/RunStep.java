package io.flywatch.runner.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of a run.
 *
 * @param index its place, from 1
 * @param name what a person calls it
 * @param startedAt null if it has not begun
 * @param finishedAt null if it is not done
 * @param rows how many rows or documents it changed
 */
public record RunStep(
        int index,
        String name,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        long rows) {

    /** Whether it was done. */
    public boolean isDone() {
        return finishedAt != null;
    }
}

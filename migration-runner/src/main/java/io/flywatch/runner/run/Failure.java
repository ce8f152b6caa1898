package io.flywatch.runner.run;

import org.jspecify.annotations.Nullable;

/**
 * Why a run ended.
 *
 * @param step the step at work, if one was
 * @param message what happened, to what, and what to do next
 * @param keyRange the keys of the batch at work, if one was, e.g. {@code _id 1 to 1000}
 * @param serverCode the database's own code and name for it, if it gave one, e.g. {@code 11000 DuplicateKey}
 */
public record Failure(
        @Nullable String step,
        FailureType type,
        String message,
        @Nullable String keyRange,
        @Nullable String serverCode) {

    /** A failure outside of any batch, found by ourselves. */
    public Failure(@Nullable String step, FailureType type, String message) {
        this(step, type, message, null, null);
    }
}

package io.flywatch.runner.run;

import org.jspecify.annotations.Nullable;

/**
 * Why a run ended.
 *
 * @param step the step at work, if one was
 * @param message what happened, to what, and what to do next
 */
public record Failure(@Nullable String step, FailureType type, String message) {}

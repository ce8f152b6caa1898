package io.flywatch.anomaly.adapter.rest;

import io.flywatch.kit.problem.Strict;
import org.jspecify.annotations.Nullable;

/**
 * What to go through again.
 *
 * @param hours how far back; 1 if left out
 * @param migration only this one; all if left out
 * @param sensitivity {@code quiet}, {@code balanced} or {@code early}, instead of the one in force
 */
@Strict
public record BacktestRequest(
        @Nullable Double hours,
        @Nullable String migration,
        @Nullable String sensitivity) {}

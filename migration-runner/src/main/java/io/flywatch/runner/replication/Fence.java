package io.flywatch.runner.replication;

import java.time.Instant;

/**
 * A token that was written at a replication's source when its writers had stopped. Everything that was committed before it is in the
 * target as soon as the target is up to its time.
 *
 * @param token tells it from others
 * @param sourceAt when it was written, by the source's clock
 * @param setAt the same by ours
 * @param by who had it set
 */
public record Fence(String token, Instant sourceAt, Instant setAt, String by) {}

package io.flywatch.runner.replication;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a connector that failed is to be restarted: soon at first, then more and more seldom, and no more after a while without
 * success. A connector that ran for a quiet time begins anew.
 *
 * @param attempts restarts since the last quiet time
 * @param next when the next is due; null while it runs
 * @param runs since when it runs; null if it does not
 */
public record Restarts(
        int attempts, @Nullable Instant next, @Nullable Instant runs) {
    /** After so many without success somebody has to look. */
    public static final int MOST = 10;

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration QUIET = Duration.ofMinutes(10);

    /** Nothing has happened. */
    public static Restarts none() {
        return new Restarts(0, null, null);
    }

    /**
     * What was seen, and what comes of it.
     *
     * @param now whether it is to be restarted now
     */
    public record Step(Restarts after, boolean now) {}

    /** Whether it is given up. */
    public boolean isGivenUp() {
        return attempts >= MOST && next == null && runs == null;
    }

    /** Takes note of how it looks. Only a failure asks for a restart: a connector that somebody stopped or deleted is left alone. */
    public Step see(ConnectorSight sight, Instant at) {
        return switch (sight) {
            case ConnectorSight.Running it -> new Step(running(at), false);
            case ConnectorSight.Failed it -> failed(at);
            case ConnectorSight.Idle it -> new Step(this, false);
            case ConnectorSight.Missing it -> new Step(none(), false);
            case ConnectorSight.Unknown it -> new Step(this, false);
        };
    }

    private Restarts running(Instant at) {
        Instant since = runs == null || runs.isAfter(at) ? at : runs;
        boolean quiet = Duration.between(since, at).compareTo(QUIET) >= 0;
        return new Restarts(quiet ? 0 : attempts, null, since);
    }

    private Step failed(Instant at) {
        if (attempts >= MOST) {
            return new Step(new Restarts(attempts, null, null), false);
        }
        if (next == null) {
            return new Step(new Restarts(attempts, at.plus(delay()), null), false);
        }
        // A clock that was set back must not put it off for longer than the longest wait.
        boolean due = !at.isBefore(next) || Duration.between(at, next).compareTo(LONGEST) > 0;
        return due ? new Step(new Restarts(attempts + 1, null, null), true) : new Step(this, false);
    }

    /** How long the next restart waits after the failure was seen. */
    public Duration delay() {
        Duration delay = FIRST.multipliedBy(1L << Math.min(attempts, 10));
        return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
    }
}

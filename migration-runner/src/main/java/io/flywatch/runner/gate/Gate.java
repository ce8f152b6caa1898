package io.flywatch.runner.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The answer to "may one go on".
 *
 * @param open only if all conditions hold
 * @param at when it was judged
 * @param validUntil after that it must be asked again
 * @param conditions all of them, those that hold too
 */
public record Gate(String migrationId, boolean open, Instant at, Instant validUntil, List<Condition> conditions) {
    private static final Duration VALID = Duration.ofSeconds(30);

    public Gate {
        conditions = List.copyOf(conditions);
    }

    /** Judges. */
    public static Gate of(String migrationId, List<Condition> conditions, Instant now) {
        boolean open = conditions.stream().allMatch(it -> it.verdict() == Condition.Verdict.HOLDS);
        return new Gate(migrationId, open, now, now.plus(VALID), conditions);
    }
}

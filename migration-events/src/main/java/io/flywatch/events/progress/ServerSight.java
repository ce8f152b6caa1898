package io.flywatch.events.progress;

import org.jspecify.annotations.Nullable;

/**
 * What the database server itself says of the work of a run, seen from a second connection.
 *
 * @param operation what the server does, on what, in which phase, e.g. {@code CREATE INDEX on public.orders: building index};
 *     null while it tells nothing
 * @param unitsDone how much of the phase is done; null if the server does not tell
 * @param unitsTotal how much the phase has; null if the server does not tell
 * @param unit in what both are counted: {@code rows}, {@code blocks}, {@code bytes}, {@code percent}, {@code sessions}
 * @param blockedSessions how many sessions wait for locks that the run holds, or asked for before them
 * @param longestBlockedSeconds for how long the first of them has been waiting; 0 without any
 * @param blockedSecondsLimit from how long on that is too long, as the migration declares it
 * @param blockedBy whom the run itself waits for, for a person; null if for nobody
 */
public record ServerSight(
        @Nullable String operation,
        @Nullable Long unitsDone,
        @Nullable Long unitsTotal,
        @Nullable String unit,
        long blockedSessions,
        double longestBlockedSeconds,
        @Nullable Double blockedSecondsLimit,
        @Nullable String blockedBy) {}

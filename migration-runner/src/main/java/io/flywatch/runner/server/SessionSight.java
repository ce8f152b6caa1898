package io.flywatch.runner.server;

import io.flywatch.runner.blocking.Blockade;
import io.flywatch.runner.blocking.Blockade.Waiting;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the server says of a session, and of those that it has to do with.
 *
 * @param alive whether the session is there
 * @param statement the beginning of what it executes; null if nothing
 * @param running for how long it has been executing that
 * @param tasks long operations that the server reports on
 * @param rowsModified rows that its open transaction has changed, where the server tells
 * @param blockade who waits for it
 * @param blockedBy whom it waits for itself, for a person; null if for nobody
 */
public record SessionSight(
        boolean alive,
        @Nullable String statement,
        Duration running,
        List<ServerTask> tasks,
        OptionalLong rowsModified,
        Blockade blockade,
        @Nullable String blockedBy) {
    public SessionSight {
        tasks = List.copyOf(tasks);
    }

    /** Nothing was seen yet. */
    public static final SessionSight NOTHING =
            new SessionSight(true, null, Duration.ZERO, List.of(), OptionalLong.empty(), Blockade.NONE, null);

    /** The session is not there. */
    public static final SessionSight GONE =
            new SessionSight(false, null, Duration.ZERO, List.of(), OptionalLong.empty(), Blockade.NONE, null);

    /**
     * What is seen of several sessions of one tool, as if they were one.
     *
     * @param sessions their numbers; that they wait for each other concerns nobody else
     */
    public static SessionSight together(List<SessionSight> sights, List<Long> sessions) {
        SessionSight longest = sights.stream()
                .filter(it -> it.statement() != null)
                .max(Comparator.comparing(SessionSight::running))
                .orElse(NOTHING);
        Map<Long, Waiting> waiting = new LinkedHashMap<>();
        sights.stream()
                .flatMap(it -> it.blockade().sessions().stream())
                .filter(it -> !sessions.contains(it.session()))
                .forEach(it -> waiting.putIfAbsent(it.session(), it));
        return new SessionSight(
                !sights.isEmpty(),
                longest.statement(),
                longest.running(),
                sights.stream().flatMap(it -> it.tasks().stream()).toList(),
                OptionalLong.empty(),
                new Blockade(List.copyOf(waiting.values())),
                sights.stream()
                        .map(SessionSight::blockedBy)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }
}

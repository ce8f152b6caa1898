package io.flywatch.runner.blocking;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** The sessions that wait for a run, the longest-waiting first. */
public record Blockade(List<Waiting> sessions) {

    /** Nobody waits. */
    public static final Blockade NONE = new Blockade(List.of());

    public Blockade {
        sessions = sessions.stream()
                .sorted(Comparator.comparing(Waiting::since).reversed())
                .toList();
    }

    /**
     * A session that waits.
     *
     * @param session the server's number of it
     * @param who its application and user, as far as the server knows them
     * @param since for how long it has been waiting
     * @param doing the beginning of its statement
     */
    public record Waiting(long session, String who, Duration since, String doing) {}

    /** For how long the first of them has been waiting; zero without any. */
    public Duration longest() {
        return sessions.isEmpty() ? Duration.ZERO : sessions.getFirst().since();
    }

    /** For a person: {@code 2 sessions wait, the longest for 7.5 s: session 4711 of app (user) with "select …"}. */
    public String told() {
        if (sessions.isEmpty()) {
            return "nobody waits";
        }
        Waiting first = sessions.getFirst();
        return "%s, the longest for %.1f s: session %d of %s with \"%s\""
                .formatted(
                        sessions.size() == 1 ? "1 session waits" : sessions.size() + " sessions wait",
                        first.since().toMillis() / 1e3,
                        first.session(),
                        first.who(),
                        first.doing());
    }
}

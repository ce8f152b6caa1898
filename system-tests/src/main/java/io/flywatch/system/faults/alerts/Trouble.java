package io.flywatch.system.faults.alerts;

import io.flywatch.system.stand.alerts.Inbox.Mood;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What goes wrong. */
enum Trouble {
    NOTHING(null),
    KILL_ONE(null),
    KILL_BOTH(null),
    POSTGRES_AWAY(null),
    RELOAD(null),
    RECEIVER_HANGS(Mood.HANGS),
    RECEIVER_SLOW(Mood.SLOW),
    RECEIVER_RESETS(Mood.RESETS),
    RECEIVER_BUSY_UNTIL(Mood.BUSY_UNTIL),
    RECEIVER_BUSY(Mood.BUSY),
    RECEIVER_BROKEN(Mood.BROKEN),
    RECEIVER_PAGE(Mood.PAGE);

    private final @Nullable Mood mood;

    Trouble(@Nullable Mood mood) {
        this.mood = mood;
    }

    /** How the receiver misbehaves, if it is the receiver. */
    Optional<Mood> mood() {
        return Optional.ofNullable(mood);
    }

    /** Whether a process dies, after which a notice may come twice with the same key. */
    boolean kills() {
        return this == KILL_ONE || this == KILL_BOTH;
    }
}

package io.flywatch.system.faults.alerts;

import io.flywatch.system.stand.alerts.Inbox.Mood;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What goes wrong. */
enum Trouble {
    NOTHING(null),
    /** One replica after the other, at a moment of chance. */
    KILL_ONE(null),
    /** Both, while PostgreSQL keeps them waiting. */
    KILL_BEFORE_STORE(null),
    /** Both, while notices are stored and not sent. */
    KILL_AFTER_STORE(null),
    /** Both, while the receiver has taken notices and not answered. */
    KILL_BEFORE_RECORD(null),
    /** One, while anomalies come from Kafka. */
    KILL_WITH_KAFKA(null),
    POSTGRES_AWAY(null),
    KAFKA_AWAY(null),
    RELOAD(null),
    /** An hour back, while both are stopped in order. While one runs, its own stopwatch is what it goes by. */
    CLOCK_SET_BACK(null),
    RECEIVER_HANGS(Mood.HANGS),
    RECEIVER_SLOW(Mood.SLOW),
    RECEIVER_RESETS(Mood.RESETS),
    RECEIVER_BUSY_UNTIL(Mood.BUSY_UNTIL),
    RECEIVER_BUSY(Mood.BUSY),
    RECEIVER_BROKEN(Mood.BROKEN),
    RECEIVER_PAGE(Mood.PAGE),
    /** Each in turn and in order, as with a new version, while the receiver is slow: nothing is told twice. */
    STOP_EACH(null);

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
        return name().startsWith("KILL");
    }

    /** Whether anomalies come from Kafka, beside what is posted. */
    boolean withKafka() {
        return this == KAFKA_AWAY || this == KILL_WITH_KAFKA;
    }
}

package io.flywatch.stack.replica;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** What each session is at: its transaction, and the writes that it may send again. */
final class Sessions {
    private final Map<BsonDocument, Session> sessions = new HashMap<>();

    /** How a transaction is. */
    enum State {
        NONE,
        OPEN,
        COMMITTED,
        ABORTED
    }

    /** One session. */
    static final class Session {
        long number = -1;
        State state = State.NONE;

        @Nullable
        Txn txn;

        /** Whether a write with a number is being done, or waits for others. */
        boolean busy;

        final Map<Integer, BsonDocument> answers = new HashMap<>();

        void is(State state) {
            this.state = state;
            this.txn = null;
        }

        void begins(long number, State state, @Nullable Txn txn) {
            this.number = number;
            this.state = state;
            this.txn = txn;
            answers.clear();
        }
    }

    Session of(BsonDocument id) {
        return sessions.computeIfAbsent(id.clone(), it -> new Session());
    }

    @Nullable
    Session ended(BsonDocument id) {
        return sessions.remove(id);
    }

    /** Those that have a transaction open. */
    List<Session> atWork() {
        return new ArrayList<>(
                sessions.values().stream().filter(it -> it.state == State.OPEN).toList());
    }
}

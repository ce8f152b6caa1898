package io.flywatch.stack.replica;

import io.flywatch.stack.replica.Sessions.Session;
import io.flywatch.stack.replica.Sessions.State;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** Which transaction each session is at, by the rules of the real server. */
final class Transactions {
    private static final Set<String> READ_CONCERNS = Set.of("local", "majority", "snapshot");

    private final Sessions sessions = new Sessions();
    private final Store store;
    private final Duration lifetime;
    private final Runnable ended;
    private final Runnable pause;

    /** With what tells of an end, and what lets others work for a moment. */
    Transactions(Store store, Duration lifetime, Runnable ended, Runnable pause) {
        this.store = store;
        this.lifetime = lifetime;
        this.ended = ended;
        this.pause = pause;
    }

    Set<Txn> open() {
        return new HashSet<>(store.open());
    }

    /** Ends those that have been open for too long, whatever their clients are doing. */
    void expire() {
        long now = System.nanoTime();
        for (Session session : sessions.atWork()) {
            if (session.txn != null && now - session.txn.startedAt > lifetime.toNanos()) {
                end(session, State.ABORTED);
            }
        }
    }

    void abortAll() {
        sessions.atWork().forEach(it -> end(it, State.ABORTED));
    }

    void ended(BsonDocument id) {
        Session session = sessions.ended(id);
        if (session != null && session.state == State.OPEN) {
            end(session, State.ABORTED);
        }
    }

    private void end(Session session, State state) {
        Txn txn = session.txn;
        session.is(state);
        if (txn != null && state == State.ABORTED) {
            store.abort(txn);
        }
        ended.run();
    }

    /** A statement of a transaction: the first begins it, and any error ends it. */
    BsonDocument statement(Command command, Function<Txn, BsonDocument> work) {
        Session session = sessions.of(sessionOf(command));
        long number = numberOf(command);
        Txn txn = command.startsTransaction() ? begin(command, session, number) : goOn(command, session, number);
        try {
            BsonDocument answer = work.apply(txn);
            boolean failed = answer.containsKey("writeErrors")
                    || answer.getNumber("ok", new BsonInt32(0)).intValue() != 1;
            if (failed) {
                end(session, State.ABORTED);
            }
            return answer;
        } catch (Refusal e) {
            end(session, State.ABORTED);
            throw e;
        }
    }

    private Txn begin(Command command, Session session, long number) {
        checkOrder(session, number);
        if (number == session.number) {
            throw new Refusal(
                    Refusal.CONFLICTING_OPERATION,
                    "Cannot start transaction " + number + ": one with the same number has been started already");
        }
        if (session.state == State.OPEN) {
            end(session, State.ABORTED);
        }
        BsonDocument concern = command.body().getDocument("readConcern", new BsonDocument());
        String level = concern.getString("level", new BsonString("local")).getValue();
        if (!READ_CONCERNS.contains(level)) {
            throw new Refusal(
                    Refusal.INVALID_OPTIONS,
                    "The readConcern level must be either 'local' (default), 'majority' or 'snapshot' in order to run in a transaction");
        }
        Txn txn = store.begin(new ChangeLog.Author(sessionOf(command), number));
        session.begins(number, State.OPEN, txn);
        return txn;
    }

    private Txn goOn(Command command, Session session, long number) {
        checkOrder(session, number);
        if (number != session.number || session.state == State.NONE) {
            throw Refusal.noSuchTransaction(
                    number,
                    "does not match any in-progress transactions. The active transaction number is " + session.number);
        }
        Txn txn = session.txn;
        if (session.state == State.COMMITTED) {
            throw new Refusal(
                    Refusal.TRANSACTION_COMMITTED,
                    "Transaction with { txnNumber: " + number + " } has been committed.");
        }
        if (txn == null) {
            throw Refusal.noSuchTransaction(number, "has been aborted.");
        }
        for (String concern : new String[] {"readConcern", "writeConcern"}) {
            if (command.body().containsKey(concern) && !command.endsTransaction()) {
                end(session, State.ABORTED);
                throw new Refusal(
                        Refusal.INVALID_OPTIONS,
                        "Only the first command in a transaction may specify a readConcern, and only the last a writeConcern");
            }
        }
        return txn;
    }

    private static void checkOrder(Session session, long number) {
        if (number < session.number) {
            throw new Refusal(
                    Refusal.TRANSACTION_TOO_OLD,
                    "Cannot use transaction number %d, as a newer one, %d, has been used on this session"
                            .formatted(number, session.number));
        }
    }

    /** Once committed it stays so, as often as it is asked. */
    BsonDocument commit(Command command) {
        Session session = sessions.of(sessionOf(command));
        long number = numberOf(command);
        if (number == session.number && session.state == State.COMMITTED) {
            return Host.ok();
        }
        Txn txn = goOn(command, session, number);
        try {
            store.commit(txn);
        } catch (Refusal e) {
            end(session, State.ABORTED);
            throw e;
        }
        end(session, State.COMMITTED);
        return Host.ok();
    }

    BsonDocument abort(Command command) {
        Session session = sessions.of(sessionOf(command));
        goOn(command, session, numberOf(command));
        end(session, State.ABORTED);
        return Host.ok();
    }

    /** A write that may be sent again: what was done once is answered again. */
    BsonDocument once(Command command, Supplier<BsonDocument> work) {
        Session session = sessions.of(sessionOf(command));
        long number = numberOf(command);
        while (session.busy) {
            // Sent again, while it still waits: a session does one thing at a time.
            pause.run();
        }
        checkOrder(session, number);
        if (number > session.number) {
            if (session.state == State.OPEN) {
                end(session, State.ABORTED);
            }
            session.begins(number, State.NONE, null);
        }
        @Nullable BsonDocument known = session.answers.get(command.firstStatement());
        if (known != null) {
            return known.clone();
        }
        BsonDocument answer = alone(session, work);
        if (answer.getNumber("ok", new BsonInt32(0)).intValue() == 1) {
            session.answers.put(command.firstStatement(), answer.clone());
        }
        return answer;
    }

    private BsonDocument alone(Session session, Supplier<BsonDocument> work) {
        session.busy = true;
        try {
            return work.get();
        } finally {
            session.busy = false;
            ended.run();
        }
    }

    private static BsonDocument sessionOf(Command command) {
        BsonDocument session = command.session();
        if (session == null) {
            throw new Refusal(Refusal.INVALID_OPTIONS, "Transaction numbers are only allowed in sessions");
        }
        return session;
    }

    private static long numberOf(Command command) {
        Long number = command.number();
        if (number == null) {
            throw new Refusal(Refusal.INVALID_OPTIONS, "'autocommit' field requires a transaction number");
        }
        return number;
    }
}

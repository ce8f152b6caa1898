package io.flywatch.cdc.adapter.mongo;

import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.TransactionOptions;
import com.mongodb.WriteConcern;
import com.mongodb.client.ClientSession;
import io.flywatch.cdc.apply.Outcome;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * One transaction, with the driver's rules for trying again: all of it on {@code TransientTransactionError}, the commit alone on
 * {@code UnknownTransactionCommitResult}. Tries few times, as whoever asked shows the trouble and tries again with back-off; a
 * commit that happened unseen is found by its position then.
 */
record Transaction(Server server, String database) {

    private static final int ATTEMPTS = 3;

    static final TransactionOptions OPTIONS = TransactionOptions.builder()
            .readConcern(ReadConcern.SNAPSHOT)
            .writeConcern(WriteConcern.MAJORITY)
            .readPreference(ReadPreference.primary())
            .build();

    private static final long LONGEST_PAUSE_NANOS = 20_000_000;

    /** Whoever asked is to hear of what takes long: a server ends a transaction after a minute. */
    private static final long LONGEST_NANOS = 20_000_000_000L;

    Outcome run(Function<Session, Outcome> work) {
        long began = System.nanoTime();
        try (ClientSession session = server.startSession()) {
            for (int attempt = 1; ; attempt++) {
                try {
                    return once(session, work);
                } catch (MongoException e) {
                    if (attempt == ATTEMPTS || !mayGoWellAtOnce(e) || System.nanoTime() - began > LONGEST_NANOS) {
                        throw e;
                    }
                    pause(attempt);
                }
            }
        }
    }

    private static boolean mayGoWellAtOnce(MongoException e) {
        return e.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL) && !Faults.isOfTheSize(e);
    }

    /** So that two that are in each other's way don't come back together. */
    private static void pause(int attempt) {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(attempt * LONGEST_PAUSE_NANOS));
    }

    private Outcome once(ClientSession session, Function<Session, Outcome> work) {
        session.startTransaction(OPTIONS);
        try {
            Outcome outcome = work.apply(new Session(server.database(database), session));
            if (outcome instanceof Outcome.Applied) {
                commit(session);
            }
            return outcome;
        } finally {
            if (session.hasActiveTransaction()) {
                session.abortTransaction();
            }
        }
    }

    private static void commit(ClientSession session) {
        for (int attempt = 1; ; attempt++) {
            try {
                session.commitTransaction();
                return;
            } catch (MongoException e) {
                if (attempt == ATTEMPTS || !e.hasErrorLabel(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL)) {
                    throw e;
                }
                pause(attempt);
            }
        }
    }
}

package io.flywatch.runner.adapter.mongo;

import com.mongodb.ClientSessionOptions;
import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.TransactionOptions;
import com.mongodb.WriteConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs work in a transaction, and repeats as MongoDB's specification of the convenient API says: after {@code
 * TransientTransactionError} the whole of it, after {@code UnknownTransactionCommitResult} the commit alone, each for two minutes at
 * most, and never a part of it. The work must read what it depends on inside of the transaction: then it doesn't matter whether a commit
 * whose answer was lost took effect.
 */
final class Transactions {
    private static final TransactionOptions OPTIONS = TransactionOptions.builder()
            .readConcern(ReadConcern.SNAPSHOT)
            .writeConcern(WriteConcern.MAJORITY)
            .readPreference(ReadPreference.primary())
            .build();
    private static final int COMMIT_TIMED_OUT = 50;
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final long FIRST_PAUSE_NANOS = 5_000_000;
    private static final long LONGEST_PAUSE_NANOS = 500_000_000;

    private final MongoClient client;
    private final Faults faults;
    private final Consumer<MongoException> trouble;

    /**
     * Begins nothing yet.
     *
     * @param trouble is told why, before all of it or the commit is repeated; what it throws ends the work
     */
    Transactions(MongoClient client, Faults faults, Consumer<MongoException> trouble) {
        this.client = client;
        this.faults = faults;
        this.trouble = trouble;
    }

    /** Gives up after two minutes with the last error, which is a passing one: the caller waits and asks again. */
    <T> T run(Function<ClientSession, T> work) {
        long since = System.nanoTime();
        long pause = FIRST_PAUSE_NANOS;
        try (ClientSession session = client.startSession(
                ClientSessionOptions.builder().causallyConsistent(true).build())) {
            while (true) {
                try {
                    return once(session, work, since);
                } catch (MongoException e) {
                    if (isLate(since) || !e.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL)) {
                        throw e;
                    }
                    trouble.accept(e);
                    pause = pause(pause);
                }
            }
        }
    }

    private <T> T once(ClientSession session, Function<ClientSession, T> work, long since) {
        session.startTransaction(OPTIONS);
        T result;
        try {
            result = work.apply(session);
            faults.at(Faults.Point.IN_TRANSACTION);
        } catch (RuntimeException e) {
            abort(session);
            throw e;
        }
        commit(session, since);
        faults.at(Faults.Point.COMMITTED);
        return result;
    }

    /** The driver itself asks for a majority, with a time limit, from the second attempt on. */
    private void commit(ClientSession session, long since) {
        long pause = FIRST_PAUSE_NANOS;
        while (true) {
            try {
                session.commitTransaction();
                return;
            } catch (MongoException e) {
                if (isLate(since)
                        || e.getCode() == COMMIT_TIMED_OUT
                        || !e.hasErrorLabel(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL)) {
                    throw e;
                }
                trouble.accept(e);
                pause = pause(pause);
            }
        }
    }

    /** So that many don't come back together; answers how long to wait the next time. */
    private static long pause(long longest) {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest));
        return Math.min(LONGEST_PAUSE_NANOS, longest * 3 / 2);
    }

    private static boolean isLate(long since) {
        return System.nanoTime() - since >= LIMIT.toNanos();
    }

    private static void abort(ClientSession session) {
        try {
            if (session.hasActiveTransaction()) {
                session.abortTransaction();
            }
        } catch (MongoException e) {
            // The server ends it by itself; what went wrong before is what matters.
        }
    }
}

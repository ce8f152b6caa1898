package io.flywatch.runner.adapter.mongo;

import com.mongodb.ClientSessionOptions;
import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.TransactionOptions;
import com.mongodb.WriteConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import java.util.function.Function;

/**
 * Runs work in a transaction, and repeats as the error labels say: after {@code TransientTransactionError} the whole of it, after
 * {@code UnknownTransactionCommitResult} the commit alone. The work must read what it depends on inside of the transaction: then it
 * doesn't matter whether a commit whose answer was lost took effect.
 */
final class Transactions {
    private static final TransactionOptions OPTIONS = TransactionOptions.builder()
            .readConcern(ReadConcern.SNAPSHOT)
            .writeConcern(WriteConcern.MAJORITY)
            .readPreference(ReadPreference.primary())
            .build();
    private static final int COMMIT_TIMED_OUT = 50;
    private static final int ATTEMPTS = 20;

    private final MongoClient client;
    private final Faults faults;

    Transactions(MongoClient client, Faults faults) {
        this.client = client;
        this.faults = faults;
    }

    /** Gives up after some attempts with the last error, which is a passing one: the caller waits and asks again. */
    <T> T run(Function<ClientSession, T> work) {
        try (ClientSession session = client.startSession(
                ClientSessionOptions.builder().causallyConsistent(true).build())) {
            for (int attempt = 1; ; attempt++) {
                try {
                    return once(session, work);
                } catch (MongoException e) {
                    if (attempt >= ATTEMPTS || !e.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL)) {
                        throw e;
                    }
                }
            }
        }
    }

    private <T> T once(ClientSession session, Function<ClientSession, T> work) {
        session.startTransaction(OPTIONS);
        T result;
        try {
            result = work.apply(session);
            faults.at(Faults.Point.IN_TRANSACTION);
        } catch (RuntimeException e) {
            abort(session);
            throw e;
        }
        commit(session);
        faults.at(Faults.Point.COMMITTED);
        return result;
    }

    private static void commit(ClientSession session) {
        for (int attempt = 1; ; attempt++) {
            try {
                session.commitTransaction();
                return;
            } catch (MongoException e) {
                if (attempt >= ATTEMPTS
                        || e.getCode() == COMMIT_TIMED_OUT
                        || !e.hasErrorLabel(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL)) {
                    throw e;
                }
            }
        }
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

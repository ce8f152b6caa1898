package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteException;
import java.util.Set;
import org.bson.BsonMaximumSizeExceededException;
import org.jspecify.annotations.Nullable;

/** Tells whether a server is away for a while or refuses what it was asked. */
final class Trouble {
    /**
     * Servers that are going away or change their part: HostUnreachable, HostNotFound, NetworkTimeout, ShutdownInProgress,
     * FailedToSatisfyReadPreference, ReadConcernMajorityNotAvailableYet, PrimarySteppedDown, NetworkInterfaceExceededTimeLimit,
     * PooledConnectionsDropped, SocketException, NotWritablePrimary, InterruptedAtShutdown, InterruptedDueToReplStateChange,
     * NotPrimaryNoSecondaryOk, NotPrimaryOrSecondary.
     */
    private static final Set<Integer> GOING =
            Set.of(6, 7, 89, 91, 133, 134, 189, 202, 317, 9001, 10107, 11600, 11602, 13435, 13436);

    /**
     * Work that was in the way of other work, or was ended by the server's own doing: LockTimeout, CursorNotFound, LockBusy, StaleEpoch,
     * WriteConflict, ConflictingOperationInProgress, QueryPlanKilled, SnapshotTooOld, SnapshotUnavailable, StaleDbVersion,
     * ExceededTimeLimit, TemporarilyUnavailable (its cache is full), BackgroundOperationInProgress of a database or a collection (as an
     * index is being built), StaleConfig. What an operator killed (11601) is none of them.
     */
    private static final Set<Integer> BUSY =
            Set.of(24, 43, 46, 112, 117, 150, 175, 239, 246, 249, 262, 365, 12586, 12587, 13388);

    private Trouble() {}

    static boolean isPassing(MongoException e) {
        if (e instanceof MongoSecurityException || e instanceof MongoInterruptedException) {
            return false;
        }
        return isAway(e)
                || e.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL)
                || e.hasErrorLabel(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL)
                || e.hasErrorLabel("RetryableWriteError")
                || e.hasErrorLabel("SystemOverloadedError")
                || GOING.contains(code(e))
                || BUSY.contains(code(e));
    }

    /** Whether there is no server that takes writes, as opposed to one that is busy with somebody else's. */
    static boolean isAway(MongoException e) {
        return e instanceof MongoSocketException
                || e instanceof MongoTimeoutException
                || e instanceof MongoNotPrimaryException
                || e instanceof MongoNodeIsRecoveringException
                || e instanceof MongoServerUnavailableException
                || e instanceof MongoConnectionPoolClearedException
                || GOING.contains(code(e));
    }

    /** Why nothing goes on meanwhile, for a person. */
    static String waiting(MongoException e) {
        return "waiting: the target %s (%s)"
                .formatted(isAway(e) ? "does not answer" : "is busy with something that has to end first", told(e));
    }

    /** The server's own words and code. */
    static String told(MongoException e) {
        String message = switch (e) {
            case MongoWriteException write -> write.getError().getMessage();
            case MongoBulkWriteException bulk
            when !bulk.getWriteErrors().isEmpty() ->
                bulk.getWriteErrors().getFirst().getMessage();
            case MongoCommandException command -> command.getErrorMessage();
            default -> String.valueOf(e.getMessage());
        };
        String code = serverCode(e);
        return code == null ? "the driver says: " + message : "the server says %s: %s".formatted(code, message);
    }

    /** As the driver refuses a document that is too large before it is sent. */
    static MongoException tooLarge(BsonMaximumSizeExceededException e) {
        return new MongoException(String.valueOf(e.getMessage()), e);
    }

    /** The server's own code, and its name for it where it has one, e.g. {@code 11000 DuplicateKey}; null if it told none. */
    static @Nullable String serverCode(MongoException e) {
        if (code(e) < 0) {
            return null;
        }
        String name = e instanceof MongoCommandException command ? command.getErrorCodeName() : "";
        return name.isEmpty() ? Integer.toString(code(e)) : code(e) + " " + name;
    }

    /** A bulk's own code says nothing: what was wrong with its writes does, or with their way to a majority. */
    private static int code(MongoException e) {
        if (!(e instanceof MongoBulkWriteException bulk)) {
            return e.getCode();
        }
        if (!bulk.getWriteErrors().isEmpty()) {
            return bulk.getWriteErrors().getFirst().getCode();
        }
        return bulk.getWriteConcernError() == null
                ? e.getCode()
                : bulk.getWriteConcernError().getCode();
    }
}

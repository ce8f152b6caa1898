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
    /** Codes of servers that are going away, or of work that the server itself ended. */
    private static final Set<Integer> PASSING =
            Set.of(6, 7, 89, 91, 112, 134, 189, 202, 262, 317, 9001, 10107, 11600, 11602, 13388, 13435, 13436);

    private Trouble() {}

    static boolean isPassing(MongoException e) {
        if (e instanceof MongoSecurityException || e instanceof MongoInterruptedException) {
            return false;
        }
        return isAway(e)
                || e.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL)
                || e.hasErrorLabel(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL)
                || e.hasErrorLabel("RetryableWriteError")
                || PASSING.contains(e.getCode());
    }

    /** Whether there is no server that takes writes, as opposed to one that is busy with somebody else's. */
    static boolean isAway(MongoException e) {
        return e instanceof MongoSocketException
                || e instanceof MongoTimeoutException
                || e instanceof MongoNotPrimaryException
                || e instanceof MongoNodeIsRecoveringException
                || e instanceof MongoServerUnavailableException
                || e instanceof MongoConnectionPoolClearedException;
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

    private static int code(MongoException e) {
        return e instanceof MongoBulkWriteException bulk
                        && !bulk.getWriteErrors().isEmpty()
                ? bulk.getWriteErrors().getFirst().getCode()
                : e.getCode();
    }
}

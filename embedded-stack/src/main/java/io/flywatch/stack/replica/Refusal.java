package io.flywatch.stack.replica;

import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonString;

/** A command that the server refuses, with the code that the real one gives. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final int FAILED_TO_PARSE = 9;
    static final int ILLEGAL_OPERATION = 20;
    static final int LOCK_TIMEOUT = 24;
    static final int MAX_TIME_EXPIRED = 50;
    static final int INVALID_OPTIONS = 72;
    static final int UNSATISFIABLE_WRITE_CONCERN = 100;
    static final int WRITE_CONFLICT = 112;
    static final int CONFLICTING_OPERATION = 117;
    static final int VALIDATION = 121;
    static final int TRANSACTION_TOO_OLD = 225;
    static final int SNAPSHOT_UNAVAILABLE = 246;
    static final int NO_SUCH_TRANSACTION = 251;
    static final int TRANSACTION_COMMITTED = 256;
    static final int NOT_IN_TRANSACTION = 263;
    static final int CHANGE_STREAM_HISTORY_LOST = 286;
    static final int NOT_WRITABLE_PRIMARY = 10107;
    static final int TOO_LARGE_AFTER_UPDATE = 17419;
    static final int WRONG_CURSOR = 50738;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(6, "HostUnreachable"),
            Map.entry(7, "HostNotFound"),
            Map.entry(FAILED_TO_PARSE, "FailedToParse"),
            Map.entry(ILLEGAL_OPERATION, "IllegalOperation"),
            Map.entry(LOCK_TIMEOUT, "LockTimeout"),
            Map.entry(MAX_TIME_EXPIRED, "MaxTimeMSExpired"),
            Map.entry(64, "WriteConcernFailed"),
            Map.entry(INVALID_OPTIONS, "InvalidOptions"),
            Map.entry(89, "NetworkTimeout"),
            Map.entry(91, "ShutdownInProgress"),
            Map.entry(UNSATISFIABLE_WRITE_CONCERN, "UnsatisfiableWriteConcern"),
            Map.entry(WRITE_CONFLICT, "WriteConflict"),
            Map.entry(CONFLICTING_OPERATION, "ConflictingOperationInProgress"),
            Map.entry(VALIDATION, "DocumentValidationFailure"),
            Map.entry(189, "PrimarySteppedDown"),
            Map.entry(TRANSACTION_TOO_OLD, "TransactionTooOld"),
            Map.entry(SNAPSHOT_UNAVAILABLE, "SnapshotUnavailable"),
            Map.entry(NO_SUCH_TRANSACTION, "NoSuchTransaction"),
            Map.entry(TRANSACTION_COMMITTED, "TransactionCommitted"),
            Map.entry(262, "ExceededTimeLimit"),
            Map.entry(NOT_IN_TRANSACTION, "OperationNotSupportedInTransaction"),
            Map.entry(CHANGE_STREAM_HISTORY_LOST, "ChangeStreamHistoryLost"),
            Map.entry(9001, "SocketException"),
            Map.entry(NOT_WRITABLE_PRIMARY, "NotWritablePrimary"),
            Map.entry(11600, "InterruptedAtShutdown"),
            Map.entry(11602, "InterruptedDueToReplStateChange"),
            Map.entry(13435, "NotPrimaryNoSecondaryOk"),
            Map.entry(13436, "NotPrimaryOrSecondary"));

    private final int code;

    Refusal(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }

    static String name(int code) {
        return NAMES.getOrDefault(code, "Location" + code);
    }

    static Refusal noSuchTransaction(long number, String why) {
        return new Refusal(NO_SUCH_TRANSACTION, "Transaction with { txnNumber: " + number + " } " + why);
    }

    static Refusal writeConflict() {
        return new Refusal(
                WRITE_CONFLICT,
                "Caused by :: Write conflict during plan execution and yielding is disabled. :: Please retry your operation or"
                        + " multi-document transaction.");
    }

    BsonDocument answer() {
        return answer(code, String.valueOf(getMessage()));
    }

    static BsonDocument answer(int code, String message) {
        return new BsonDocument("ok", new BsonDouble(0))
                .append("errmsg", new BsonString(message))
                .append("code", new BsonInt32(code))
                .append("codeName", new BsonString(name(code)));
    }
}

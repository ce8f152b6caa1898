package io.flywatch.stack.replica;

import java.util.List;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/** The labels that a server puts on errors, by which drivers decide what to repeat. */
final class Labels {
    static final String TRANSIENT = "TransientTransactionError";
    static final String RESUMABLE = "ResumableChangeStreamError";
    static final String RETRYABLE_WRITE = "RetryableWriteError";

    /** By the specification of retryable writes. */
    private static final Set<Integer> RETRYABLE =
            Set.of(6, 7, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436);

    private static final Set<Integer> OF_TRANSACTIONS = Set.of(
            Refusal.WRITE_CONFLICT, Refusal.LOCK_TIMEOUT, Refusal.SNAPSHOT_UNAVAILABLE, Refusal.NO_SUCH_TRANSACTION);

    private Labels() {}

    static List<String> of(Command command, int code) {
        boolean retryable = RETRYABLE.contains(code);
        if (command.isInTransaction() && !command.endsTransaction()) {
            return retryable || OF_TRANSACTIONS.contains(code) ? List.of(TRANSIENT) : List.of();
        }
        if (command.endsTransaction() && OF_TRANSACTIONS.contains(code)) {
            return List.of(TRANSIENT);
        }
        if (retryable && command.name().equals("getMore")) {
            return List.of(RESUMABLE);
        }
        return retryable && command.number() != null ? List.of(RETRYABLE_WRITE) : List.of();
    }

    /** Puts them on an answer that tells an error and has none yet. */
    static BsonDocument on(Command command, BsonDocument answer) {
        BsonDocument concern = answer.getDocument("writeConcernError", new BsonDocument());
        int code = answer.getNumber("code", concern.getNumber("code", new BsonInt32(0)))
                .intValue();
        if (code != 0 && !answer.containsKey("errorLabels")) {
            put(answer, of(command, code));
        }
        return answer;
    }

    static void put(BsonDocument answer, List<String> labels) {
        if (!labels.isEmpty()) {
            answer.append(
                    "errorLabels",
                    new BsonArray(labels.stream().map(BsonString::new).toList()));
        }
    }
}

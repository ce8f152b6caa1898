package io.flywatch.cdc.adapter.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.bulk.BulkWriteError;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells a fault of a document from one of the server. Only what a document can never get over, whatever the server's state, is its
 * own fault; everything else, the unknown too, is tried again.
 */
final class Faults {

    private static final int DUPLICATE_KEY = 11000;
    private static final Pattern INDEX =
            Pattern.compile(" index: (.+?)(?: collation: \\{.*?})? +dup key: ", Pattern.DOTALL);

    /**
     * BadValue, FailedToParse, TypeMismatch, Overflow, InvalidLength, CannotCreateIndex's kin of bad geometry and keys,
     * ConflictingUpdateOperators, DollarPrefixedFieldName, InvalidBSON, EmptyFieldName, DottedFieldName, ImmutableField,
     * DocumentValidationFailure, BSONObjectTooLarge, and the numbers that older servers use for the same.
     */
    private static final Set<Integer> OF_THE_DOCUMENT = Set.of(
            2, 9, 14, 15, 16, 22, 40, 52, 53, 54, 55, 56, 57, 66, 121, 10334, 16755, 17280, 17419, 17420, 16837, 28,
            10003, 51270);

    /**
     * MaxTimeMSExpired, TransactionTooLarge, ExceededTimeLimit, TransactionExceededLifetimeLimitSeconds, TransactionTooLargeForCache:
     * the same again would end the same.
     */
    private static final Set<Integer> OF_THE_SIZE = Set.of(50, 257, 262, 290, 388);

    /** A transaction is not there any more: a server that ended it for its age says so, too, to whatever comes next. */
    private static final int NO_SUCH_TRANSACTION = 251;

    private Faults() {}

    /** Whether what was to be written is more than the server takes at once, or takes in the time that it gives. */
    static boolean isOfTheSize(MongoException e) {
        return e instanceof MongoBulkWriteException partly
                ? partly.getWriteErrors().stream().anyMatch(error -> OF_THE_SIZE.contains(error.getCode()))
                : OF_THE_SIZE.contains(e.getCode());
    }

    /**
     * The same of a transaction that was tried several times. One that may have been committed is not too large: it is to be tried as it
     * was, which shows whether it was committed.
     */
    static boolean isTooMuch(MongoException e) {
        return (isOfTheSize(e) || e.getCode() == NO_SUCH_TRANSACTION)
                && !e.hasErrorLabel(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL);
    }

    /** Whether all that went wrong is the documents' own fault. */
    static boolean areOfTheDocuments(MongoBulkWriteException e) {
        List<BulkWriteError> errors = e.getWriteErrors();
        return e.getWriteConcernError() == null
                && !errors.isEmpty()
                && errors.stream().allMatch(Faults::isOfTheDocument);
    }

    /** Whether the server could not read the message: Overflow, as something is nested too deeply, or InvalidBSON. */
    static boolean isOfTheMessage(MongoCommandException e) {
        return e.getErrorCode() == 15 || e.getErrorCode() == 22;
    }

    private static boolean isOfTheDocument(BulkWriteError error) {
        return error.getCode() == DUPLICATE_KEY ? isOfUniqueness(error) : OF_THE_DOCUMENT.contains(error.getCode());
    }

    /** Whether another document has the same value in a unique index that is not the one of {@code _id}. */
    static boolean isOfUniqueness(BulkWriteError error) {
        return error.getCode() == DUPLICATE_KEY && !isRaceForId(error);
    }

    /** Two writers that insert one {@code _id} at once: the second attempt finds the document. */
    private static boolean isRaceForId(BulkWriteError error) {
        return index(error).matches("(.*\\$)?_id_");
    }

    /** The name of the index, which stands before the values: those could say anything. */
    private static String index(BulkWriteError error) {
        Matcher named = INDEX.matcher(error.getMessage());
        return named.find() ? named.group(1) : "";
    }

    /** What is wrong, without the values that the server quotes. */
    static String reason(BulkWriteError error) {
        return switch (error.getCode()) {
            case DUPLICATE_KEY ->
                "the target has another document with the same value in the unique index " + index(error);
            case 121 -> "the target's validator for the collection refuses it";
            case 10334, 17419, 17420 -> "it is larger than a document may be";
            default -> "the target refuses it with error " + error.getCode();
        };
    }
}

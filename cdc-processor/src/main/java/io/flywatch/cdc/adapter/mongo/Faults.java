package io.flywatch.cdc.adapter.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.bulk.BulkWriteError;
import java.util.List;
import java.util.Set;

/**
 * Tells a fault of a document from one of the server. Only what a document can never get over, whatever the server's state, is its
 * own fault; everything else, the unknown too, is tried again.
 */
final class Faults {

    private static final int DUPLICATE_KEY = 11000;

    /**
     * BadValue, FailedToParse, TypeMismatch, Overflow, InvalidLength, CannotCreateIndex's kin of bad geometry and keys,
     * ConflictingUpdateOperators, DollarPrefixedFieldName, InvalidBSON, EmptyFieldName, DottedFieldName, ImmutableField,
     * DocumentValidationFailure, BSONObjectTooLarge, and the numbers that older servers use for the same.
     */
    private static final Set<Integer> OF_THE_DOCUMENT = Set.of(
            2, 9, 14, 15, 16, 22, 40, 52, 53, 54, 55, 56, 57, 66, 121, 10334, 16755, 17280, 17419, 17420, 16837, 28,
            10003, 51270);

    private Faults() {}

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
        String message = error.getMessage();
        return message.contains("_id_ dup key") || message.contains("_id_  dup key");
    }

    /** What is wrong, without the values that the server quotes. */
    static String reason(BulkWriteError error) {
        return switch (error.getCode()) {
            case DUPLICATE_KEY ->
                "the target has another document with the same value in the unique index "
                        + error.getMessage().replaceAll("(?s).*index: (\\S+).*", "$1");
            case 121 -> "the target's validator for the collection refuses it";
            case 10334, 17419, 17420 -> "it is larger than a document may be";
            default -> "the target refuses it with error " + error.getCode();
        };
    }
}

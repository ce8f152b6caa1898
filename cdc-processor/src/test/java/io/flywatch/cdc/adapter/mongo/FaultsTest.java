package io.flywatch.cdc.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.ServerAddress;
import com.mongodb.bulk.BulkWriteError;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose fault it is that a document is not taken. */
class FaultsTest {
    private static BulkWriteError duplicate(String message) {
        return new BulkWriteError(11_000, message, new BsonDocument(), 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "E11000 duplicate key error collection: shop.orders index: _id_ dup key: { _id: 7 }",
                "E11000 duplicate key error index: shop.orders.$_id_  dup key: { : 7 }"
            })
    void takesARaceForAnIdForNoFaultOfTheDocument(String message) {
        assertThat(Faults.isOfUniqueness(duplicate(message))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "E11000 duplicate key error collection: shop.orders index: customer_id_ dup key: { customer: 1 }",
                "E11000 duplicate key error collection: shop.orders index: mail dup key: { mail: \" index: _id_ dup key: { _id: 1 }\" }",
                "E11000 duplicate key error collection: shop.orders index: mail collation: { locale: \"de\" } dup key: { mail: \"0x2d\" }"
            })
    void tellsAUniqueIndexOfTheUsersFromTheOneOfId(String message) {
        assertThat(Faults.isOfUniqueness(duplicate(message))).isTrue();
    }

    /** As MongoDB's manual and its source have the answers. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            257 | TransactionTooLarge | Total size of all transaction operations must be less than 16777216. Actual size is 17000000
            290 | TransactionExceededLifetimeLimitSeconds | transaction has been aborted since it exceeded the lifetime limit
            388 | TransactionTooLargeForCache | transaction is too large and will not fit in the storage engine cache
            50 | MaxTimeMSExpired | operation exceeded time limit
            262 | ExceededTimeLimit | operation exceeded time limit
            251 | NoSuchTransaction | Transaction with { txnNumber: 7 } has been aborted.
            """)
    void tellsATransactionThatIsTooMuchFromAServerThatIsAway(int code, String name, String message) {
        MongoCommandException answer = answer(code, name, message);

        assertThat(Faults.isTooMuch(answer)).isTrue();
        assertThat(Faults.isOfTheSize(answer))
                .as("tried again as it is only if it may be another's doing")
                .isEqualTo(code != 251);

        answer.addLabel(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL);
        assertThat(Faults.isTooMuch(answer)).as("it may have been committed").isFalse();
    }

    @ParameterizedTest
    @CsvSource({"112, WriteConflict", "10107, NotWritablePrimary", "91, ShutdownInProgress", "64, WriteConcernFailed"})
    void takesNoOtherTroubleForTooMuch(int code, String name) {
        assertThat(Faults.isTooMuch(answer(code, name, "something else"))).isFalse();
    }

    private static MongoCommandException answer(int code, String name, String message) {
        BsonDocument answer = new BsonDocument("ok", new BsonDouble(0))
                .append("errmsg", new BsonString(message))
                .append("code", new BsonInt32(code))
                .append("codeName", new BsonString(name));
        return new MongoCommandException(answer, new ServerAddress());
    }

    @Test
    void namesTheIndexAndNoValueOfTheRow() {
        assertThat(Faults.reason(
                        duplicate("E11000 duplicate key error collection: shop.orders index: by mail dup key: {"
                                + " mail: \"see index: 4111-1111\" }")))
                .endsWith("in the unique index by mail");
    }
}

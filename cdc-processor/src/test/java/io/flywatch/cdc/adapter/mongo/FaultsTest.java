package io.flywatch.cdc.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.bulk.BulkWriteError;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    @Test
    void namesTheIndexAndNoValueOfTheRow() {
        assertThat(Faults.reason(
                        duplicate("E11000 duplicate key error collection: shop.orders index: by mail dup key: {"
                                + " mail: \"see index: 4111-1111\" }")))
                .endsWith("in the unique index by mail");
    }
}

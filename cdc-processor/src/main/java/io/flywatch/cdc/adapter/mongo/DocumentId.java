package io.flywatch.cdc.adapter.mongo;

import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/**
 * An {@code _id}, equal to all that MongoDB holds equal: a foreign key may be of another type of number than the key.
 *
 * @param value as it was read
 */
record DocumentId(BsonValue value) {

    /** That of a document. */
    static DocumentId of(BsonDocument document) {
        return new DocumentId(Objects.requireNonNull(document.get(Documents.ID)));
    }

    private BsonValue normal() {
        if (value.isDecimal128()) {
            Decimal128 number = value.asDecimal128().getValue();
            try {
                return new BsonInt64(number.bigDecimalValue().longValueExact());
            } catch (ArithmeticException noWholeNumber) {
                return value;
            }
        }
        return MongoKeys.normal(value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DocumentId id && normal().equals(id.normal());
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(normal());
    }
}

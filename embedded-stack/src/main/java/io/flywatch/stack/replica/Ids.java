package io.flywatch.stack.replica;

import org.bson.BsonDouble;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonValue;

/** Ids as keys of a map: numbers that are equal are one key, whatever their type. */
final class Ids {
    private Ids() {}

    static BsonValue normal(BsonValue id) {
        return switch (id) {
            case BsonDouble number when number.getValue() != Math.rint(number.getValue()) -> number;
            case BsonDouble number -> new BsonInt64((long) number.getValue());
            case org.bson.BsonInt32 number -> new BsonInt64(number.getValue());
            default -> id.isNull() ? BsonNull.VALUE : id;
        };
    }
}

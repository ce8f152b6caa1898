package io.flywatch.runner.batch;

import java.util.Arrays;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonJavaScript;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.types.ObjectId;

/**
 * The types that an {@code _id} can have, in MongoDB's own order. A comparison such as {@code $gt} finds values of the same type
 * only, so a collection of mixed ids is walked type by type, each with bounds that the index on {@code _id} serves. Numbers of all
 * widths are one type here, as they are compared with each other.
 */
@SuppressWarnings("ImmutableEnumChecker") // these BSON values are never changed
public enum IdType {
    MIN_KEY(new BsonMinKey(), true, BsonType.MIN_KEY),
    NULL(BsonNull.VALUE, true, BsonType.NULL),
    // MongoDB sorts NaN before all other numbers, yet a comparison finds it only by equality.
    NAN(new BsonDouble(Double.NaN), true),
    NUMBER(
            new BsonDouble(Double.NEGATIVE_INFINITY),
            false,
            BsonType.DOUBLE,
            BsonType.INT32,
            BsonType.INT64,
            BsonType.DECIMAL128),
    STRING(new BsonString(""), false, BsonType.STRING, BsonType.SYMBOL),
    DOCUMENT(new BsonDocument(), false, BsonType.DOCUMENT),
    BINARY(new BsonBinary((byte) 0, new byte[0]), false, BsonType.BINARY),
    OBJECT_ID(new BsonObjectId(new ObjectId(new byte[12])), false, BsonType.OBJECT_ID),
    BOOLEAN(BsonBoolean.FALSE, false, BsonType.BOOLEAN),
    DATE(new BsonDateTime(Long.MIN_VALUE), false, BsonType.DATE_TIME),
    TIMESTAMP(new BsonTimestamp(0, 0), false, BsonType.TIMESTAMP),
    CODE(new BsonJavaScript(""), false, BsonType.JAVASCRIPT),
    MAX_KEY(new BsonMaxKey(), true, BsonType.MAX_KEY);

    private final BsonValue least;
    private final boolean single;
    private final List<BsonType> types;

    IdType(BsonValue least, boolean single, BsonType... types) {
        this.least = least;
        this.single = single;
        this.types = List.of(types);
    }

    /** The type of an id. */
    public static IdType of(BsonValue id) {
        if (id.isDouble() && Double.isNaN(id.asDouble().getValue())) {
            return NAN;
        }
        if (id.isDecimal128() && id.asDecimal128().getValue().isNaN()) {
            return NAN;
        }
        return Arrays.stream(values())
                .filter(it -> it.types.contains(id.getBsonType()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("an _id can't be of type " + id.getBsonType()));
    }

    /** The types from that of the least id to that of the greatest. */
    public static List<IdType> between(BsonValue least, BsonValue greatest) {
        return Arrays.stream(values())
                .filter(it -> it.compareTo(of(least)) >= 0 && it.compareTo(of(greatest)) <= 0)
                .toList();
    }

    /** Whether it has more than one value. */
    public boolean isRange() {
        return !single;
    }

    /** Finds all ids of this type. */
    public BsonDocument all() {
        return condition(single ? "$eq" : "$gte", least);
    }

    /** Finds all ids of this type that come after one. */
    public BsonDocument after(BsonValue id) {
        // Nothing of a single value comes after it.
        return single ? new BsonDocument("_id", new BsonDocument("$in", new BsonArray())) : condition("$gt", id);
    }

    private static BsonDocument condition(String operator, BsonValue bound) {
        return new BsonDocument("_id", new BsonDocument(operator, bound));
    }
}

package io.flywatch.cdc.adapter.mongo;

import java.util.ArrayList;
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
import org.jspecify.annotations.Nullable;

/**
 * The order in which MongoDB's index sorts {@code _id}s of whatever types, as filters of which each one stays within values that are
 * compared with each other: a comparison finds values of its own group of types alone. NaN comes before all numbers, and no
 * comparison finds it but one with itself. No server takes arrays, regular
 * expressions and {@code undefined} for {@code _id}s; database pointers and code with a scope, which nothing has written for
 * many years, are none of it.
 */
final class IdOrder {

    /**
     * Types that are compared with each other.
     *
     * @param least of their values
     * @param isOne whether that is the only one
     */
    private record Group(List<BsonType> types, BsonValue least, boolean isOne) {
        static Group one(BsonValue value) {
            return new Group(List.of(value.getBsonType()), value, true);
        }

        static Group from(BsonValue least, BsonType... types) {
            return new Group(List.of(types), least, false);
        }
    }

    private static final BsonDouble NAN = new BsonDouble(Double.NaN);

    private static final int NAN_GROUP = 2;

    private static final List<Group> GROUPS = List.of(
            Group.one(new BsonMinKey()),
            Group.one(BsonNull.VALUE),
            Group.one(NAN),
            Group.from(
                    new BsonDouble(Double.NEGATIVE_INFINITY),
                    BsonType.DOUBLE,
                    BsonType.INT32,
                    BsonType.INT64,
                    BsonType.DECIMAL128),
            Group.from(new BsonString(""), BsonType.STRING, BsonType.SYMBOL),
            Group.from(new BsonDocument(), BsonType.DOCUMENT),
            Group.from(new BsonBinary(new byte[0]), BsonType.BINARY),
            Group.from(new BsonObjectId(new ObjectId(new byte[12])), BsonType.OBJECT_ID),
            Group.from(BsonBoolean.FALSE, BsonType.BOOLEAN),
            Group.from(new BsonDateTime(Long.MIN_VALUE), BsonType.DATE_TIME),
            Group.from(new BsonTimestamp(0), BsonType.TIMESTAMP),
            Group.from(new BsonJavaScript(""), BsonType.JAVASCRIPT),
            Group.one(new BsonMaxKey()));

    private IdOrder() {}

    /** Finds ids that have no place here. */
    static BsonDocument others() {
        return new BsonDocument(
                Documents.ID,
                new BsonDocument(
                        "$type",
                        new BsonArray(List.of(new BsonString("dbPointer"), new BsonString("javascriptWithScope")))));
    }

    /**
     * The filters that, one after the other and each sorted by {@code _id}, find all ids of a range in order, each once.
     *
     * @param after they come after this one; null for all from the first
     * @param upTo the last of them; null for all to the last
     */
    static List<BsonDocument> filters(@Nullable BsonValue after, @Nullable BsonValue upTo) {
        int first = after == null ? 0 : group(after);
        int last = upTo == null ? GROUPS.size() - 1 : group(upTo);
        List<BsonDocument> filters = new ArrayList<>();
        for (int i = first; i <= last; i++) {
            Group group = GROUPS.get(i);
            BsonValue from = after != null && i == first ? after : null;
            BsonValue to = upTo != null && i == last ? upTo : null;
            if (!group.isOne()) {
                filters.add(filter(group, from, to));
            } else if (from == null) {
                filters.add(new BsonDocument(Documents.ID, new BsonDocument("$eq", group.least())));
            }
        }
        return filters;
    }

    private static BsonDocument filter(Group group, @Nullable BsonValue from, @Nullable BsonValue to) {
        BsonDocument bounds = from == null ? new BsonDocument("$gte", group.least()) : new BsonDocument("$gt", from);
        if (to != null) {
            bounds.put("$lte", to);
        }
        return new BsonDocument(Documents.ID, bounds);
    }

    private static int group(BsonValue id) {
        if (isNaN(id)) {
            return NAN_GROUP;
        }
        for (int i = 0; i < GROUPS.size(); i++) {
            if (i != NAN_GROUP && GROUPS.get(i).types().contains(id.getBsonType())) {
                return i;
            }
        }
        throw new IllegalArgumentException("no _id is of the type " + id.getBsonType());
    }

    private static boolean isNaN(BsonValue id) {
        return id.isDouble() && Double.isNaN(id.asDouble().getValue())
                || id.isDecimal128() && id.asDecimal128().getValue().isNaN();
    }
}

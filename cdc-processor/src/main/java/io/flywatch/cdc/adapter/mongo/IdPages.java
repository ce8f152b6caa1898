package io.flywatch.cdc.adapter.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Projections;
import io.flywatch.cdc.verify.KeyPage;
import io.flywatch.cdc.verify.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Walks through all {@code _id}s of a collection, of whatever types, a page at a time. MongoDB compares only values of one type with
 * each other, so the types come one after the other.
 */
final class IdPages {

    /** Groups of types that MongoDB compares with each other. */
    private static final List<List<BsonType>> GROUPS = List.of(
            List.of(BsonType.DOUBLE, BsonType.INT32, BsonType.INT64, BsonType.DECIMAL128),
            List.of(BsonType.STRING),
            List.of(BsonType.DOCUMENT),
            List.of(BsonType.BINARY),
            List.of(BsonType.OBJECT_ID),
            List.of(BsonType.BOOLEAN),
            List.of(BsonType.DATE_TIME));

    /** Whatever else an {@code _id} may be is no key of a source, and rare: of these one page is enough. */
    private static final int OTHERS = GROUPS.size();

    private static final BsonDocument IN_ORDER = new BsonDocument(Documents.ID, new BsonInt32(1));

    private final MongoCollection<BsonDocument> collection;
    private final MongoKeys keys;

    IdPages(MongoCollection<BsonDocument> collection, MongoKeys keys) {
        this.collection = collection;
        this.keys = keys;
    }

    /** Where a page ended: in which group, and after which {@code _id}. */
    private record Place(int group, @Nullable BsonValue after) {

        static Place parse(@Nullable String text) {
            if (text == null) {
                return new Place(0, null);
            }
            BsonDocument place = BsonDocument.parse(text);
            return new Place(place.getInt32("group").getValue(), place.get("after"));
        }

        String text() {
            BsonDocument place = new BsonDocument("group", new BsonInt32(group));
            if (after != null) {
                place.put("after", after);
            }
            return place.toJson();
        }
    }

    KeyPage next(@Nullable String from, int most) {
        Place place = Place.parse(from);
        List<RowKey> known = new ArrayList<>();
        List<RowKey> foreign = new ArrayList<>();
        while (place.group() <= OTHERS) {
            List<BsonValue> ids = isWanted(place.group()) ? ids(place, most) : List.of();
            for (BsonValue id : ids) {
                keys.key(id)
                        .ifPresentOrElse(
                                key -> {
                                    if (!keys.areOrdered()) {
                                        known.add(key);
                                    }
                                },
                                () -> foreign.add(RowKey.of(shown(id))));
            }
            if (!ids.isEmpty()) {
                Place reached =
                        place.group() == OTHERS ? new Place(OTHERS + 1, null) : new Place(place.group(), ids.getLast());
                return new KeyPage(known, foreign, reached.text());
            }
            place = new Place(place.group() + 1, null);
        }
        return new KeyPage(known, foreign, null);
    }

    /**
     * Where ranges of keys show all of the expected type, the other types are left, and documents that have other fields than a key;
     * without a way back nothing can be looked up.
     */
    private boolean isWanted(int group) {
        return keys.areOrdered() ? keys.areDocuments() || group != expectedGroup() : keys.areReversible();
    }

    private int expectedGroup() {
        BsonType type = keys.expectedType();
        for (int i = 0; i < GROUPS.size(); i++) {
            if (GROUPS.get(i).contains(type)) {
                return i;
            }
        }
        throw new IllegalStateException("no group has the type " + type);
    }

    /** Finds all that ranges of keys could show. */
    BsonDocument ofExpectedType() {
        return new BsonDocument(Documents.ID, ofGroup(expectedGroup()));
    }

    private static BsonDocument ofGroup(int group) {
        return group == OTHERS
                ? new BsonDocument("$not", ofTypes(GROUPS.stream().flatMap(List::stream)))
                : ofTypes(GROUPS.get(group).stream());
    }

    private static BsonDocument ofTypes(Stream<BsonType> types) {
        return new BsonDocument(
                "$type",
                new BsonArray(types.map(type -> new BsonInt32(type.getValue())).collect(Collectors.toList())));
    }

    private List<BsonValue> ids(Place place, int most) {
        BsonDocument filter = ofGroup(place.group());
        if (place.after() != null) {
            filter.put("$gt", place.after());
        }
        List<BsonValue> ids = new ArrayList<>();
        for (BsonDocument document : collection
                .find(new BsonDocument(Documents.ID, filter))
                .projection(Projections.include(Documents.ID))
                .sort(IN_ORDER)
                .limit(most)) {
            ids.add(document.get(Documents.ID));
        }
        return ids;
    }

    private static String shown(BsonValue id) {
        return id.isString() ? id.asString().getValue() : new BsonDocument(Documents.ID, id).toJson();
    }
}

package io.flywatch.cdc.adapter.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import io.flywatch.cdc.change.DocumentDecoder;
import io.flywatch.cdc.change.Shape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Gives the documents that are there already the field of a column that was added at the source: its default, or null. The source
 * tells nothing of the rows that got it, and a field that is missing is not what a column is. Which fields are everywhere is
 * remembered in {@code flywatch_fields}, so that a collection is gone through once for each added column.
 */
final class CollectionFields {
    static final String BOOK = "flywatch_fields";

    private static final String FIELDS = "fields";
    private static final int PAGE = 5_000;

    private final Map<String, Set<Shape>> seen = new ConcurrentHashMap<>();

    /**
     * Before rows of these shapes are written, outside of any transaction; harmless if repeated.
     *
     * @param filling is run before documents that are there get fields
     */
    void ready(Session session, String collection, List<Shape> shapes, Runnable filling) {
        Set<Shape> known = seen.computeIfAbsent(collection, name -> ConcurrentHashMap.newKeySet());
        for (Shape shape : shapes) {
            if (!known.contains(shape)) {
                ready(session, collection, shape, filling);
                known.add(shape);
            }
        }
    }

    private static void ready(Session session, String collection, Shape shape, Runnable filling) {
        MongoCollection<BsonDocument> book = session.collection(BOOK);
        BsonDocument byId = new BsonDocument(Documents.ID, new BsonString(collection));
        Set<String> everywhere = everywhere(session.findOne(book, byId));
        Map<String, BsonValue> missing = fields(shape);
        missing.keySet().removeAll(everywhere);
        if (missing.isEmpty()) {
            return;
        }
        // What comes first is a snapshot's row: its columns are not added, and there is nothing to go through.
        if (!everywhere.isEmpty()) {
            filling.run();
            fill(session, collection, missing);
        }
        BsonArray names = new BsonArray();
        missing.keySet().forEach(name -> names.add(new BsonString(name)));
        session.upsertOne(
                book, byId, new BsonDocument("$addToSet", new BsonDocument(FIELDS, new BsonDocument("$each", names))));
    }

    private static Set<String> everywhere(@Nullable BsonDocument known) {
        Set<String> names = new HashSet<>();
        if (known != null) {
            known.getArray(FIELDS).forEach(name -> names.add(name.asString().getValue()));
        }
        return names;
    }

    /** What rows of one of these shapes lack that rows of another one have, by shape; empty where there is nothing. */
    static Map<Shape, BsonDocument> lacking(List<Shape> shapes) {
        Map<Shape, BsonDocument> lacking = new HashMap<>();
        if (shapes.size() > 1) {
            Map<String, BsonValue> all = new LinkedHashMap<>();
            shapes.forEach(shape -> all.putAll(fields(shape)));
            for (Shape shape : shapes) {
                BsonDocument others = new BsonDocument();
                others.putAll(all);
                others.keySet().removeAll(fields(shape).keySet());
                lacking.put(shape, others);
            }
        }
        return lacking;
    }

    /**
     * By pages of ids, whatever their types: a single command over a large collection would take longer than anybody waits for an
     * answer, and be begun again and again.
     */
    private static void fill(Session session, String collection, Map<String, BsonValue> fields) {
        MongoCollection<BsonDocument> documents = session.collection(collection);
        BsonDocument idsAlone = new BsonDocument(Documents.ID, new BsonInt32(1));
        BsonArray page = new BsonArray();
        try (MongoCursor<BsonDocument> all = session.find(documents, new BsonDocument())
                .projection(idsAlone)
                .sort(idsAlone)
                .batchSize(PAGE)
                .cursor()) {
            while (all.hasNext()) {
                page.add(all.next().get(Documents.ID));
                if (page.size() == PAGE || !all.hasNext()) {
                    fill(session, documents, page, fields);
                    page = new BsonArray();
                }
            }
        }
    }

    private static void fill(
            Session session, MongoCollection<BsonDocument> documents, BsonArray ids, Map<String, BsonValue> fields) {
        BsonDocument these = new BsonDocument("$in", ids);
        fields.forEach((name, value) -> session.updateMany(
                documents,
                new BsonDocument(Documents.ID, these).append(name, new BsonDocument("$exists", BsonBoolean.FALSE)),
                new BsonDocument("$set", new BsonDocument(name, value))));
    }

    private static Map<String, BsonValue> fields(Shape shape) {
        Map<String, BsonValue> fields = new LinkedHashMap<>();
        if (DocumentDecoder.areDocuments(shape)) {
            return fields;
        }
        for (int i = 0; i < shape.size(); i++) {
            fields.put(
                    Fields.path(shape.names().get(i)), initial(shape.defaults().get(i)));
        }
        return fields;
    }

    private static BsonValue initial(@Nullable Object value) {
        try {
            return value == null ? BsonNull.VALUE : Objects.requireNonNull(BsonValues.of(value));
        } catch (IllegalArgumentException | ArithmeticException noForm) {
            return BsonNull.VALUE;
        }
    }
}

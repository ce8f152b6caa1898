package io.flywatch.cdc.adapter.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import io.flywatch.cdc.VerificationStore.FoundMismatch;
import io.flywatch.cdc.verify.Kind;
import io.flywatch.cdc.verify.Mismatch;
import io.flywatch.cdc.verify.RowKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Mismatches as documents. Their {@code _id} tells verification, table and key, so that the same found again is the same document. */
record MismatchDocuments(MongoCollection<BsonDocument> collection) {
    private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);
    private static final char BETWEEN = '\u0001';

    boolean write(String verification, String table, List<Mismatch> mismatches, Instant now) {
        return collection
                .bulkWrite(mismatches.stream()
                        .map(mismatch -> document(verification, table, mismatch, now))
                        .map(document -> new ReplaceOneModel<>(byId(document), document, UPSERT))
                        .toList())
                .wasAcknowledged();
    }

    boolean remove(String verification, String table, List<Mismatch> mismatches) {
        return collection
                .bulkWrite(mismatches.stream()
                        .map(mismatch -> new DeleteOneModel<BsonDocument>(new BsonDocument(
                                Documents.ID, new BsonString(id(verification, table, mismatch.key())))))
                        .toList())
                .wasAcknowledged();
    }

    private static BsonDocument byId(BsonDocument document) {
        return new BsonDocument(Documents.ID, document.getString(Documents.ID));
    }

    private static String id(String verification, String table, RowKey key) {
        return verification + BETWEEN + table + BETWEEN + key.text();
    }

    private static BsonDocument document(String verification, String table, Mismatch mismatch, Instant now) {
        return new BsonDocument(Documents.ID, new BsonString(id(verification, table, mismatch.key())))
                .append("verification", new BsonString(verification))
                .append("table", new BsonString(table))
                .append("kind", new BsonString(mismatch.kind().name()))
                .append("key", texts(mismatch.key().parts()))
                .append("columns", texts(mismatch.columns()))
                .append("foundAt", new BsonDateTime(now.toEpochMilli()));
    }

    private static BsonArray texts(List<String> texts) {
        return new BsonArray(texts.stream().map(BsonString::new).collect(Collectors.toList()));
    }

    private static List<String> texts(BsonDocument document, String field) {
        return document.getArray(field).stream()
                .map(BsonValue::asString)
                .map(BsonString::getValue)
                .toList();
    }

    List<FoundMismatch> page(
            String verification, @Nullable String table, @Nullable Kind kind, @Nullable String after, int most) {
        BsonDocument filter = new BsonDocument("verification", new BsonString(verification));
        if (table != null) {
            filter.put("table", new BsonString(table));
        }
        if (kind != null) {
            filter.put("kind", new BsonString(kind.name()));
        }
        if (after != null) {
            filter.put(Documents.ID, new BsonDocument("$gt", new BsonString(after)));
        }
        List<FoundMismatch> page = new ArrayList<>();
        for (BsonDocument document :
                collection.find(filter).sort(Sorts.ascending(Documents.ID)).limit(most)) {
            page.add(new FoundMismatch(
                    document.getString("table").getValue(),
                    new Mismatch(
                            new RowKey(texts(document, "key")),
                            Kind.valueOf(document.getString("kind").getValue()),
                            texts(document, "columns")),
                    Instant.ofEpochMilli(document.getDateTime("foundAt").getValue()),
                    document.getString(Documents.ID).getValue()));
        }
        return page;
    }
}

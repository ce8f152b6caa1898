package io.flywatch.cdc.adapter.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import io.flywatch.cdc.change.DocumentDecoder;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.order.Folded;
import io.flywatch.cdc.order.Leaving;
import io.flywatch.cdc.order.Origin;
import io.flywatch.cdc.order.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Rows whose key changed. The create under the new key leaves out large values that did not change, so they are carried over from
 * the document under the old key; where that is deleted in an earlier batch, it is kept in {@code flywatch_moved} until the create
 * comes.
 *
 * @param forgotten fields that don't move with a row: arrays of embedded rows
 */
record MovedRows(String pipeline, String collection, List<String> forgotten, Session session) {

    static final String COLLECTION = "flywatch_moved";

    private static final String DOCUMENT = "document";

    /** The rests of moved rows, from the target as it stands before the batch. */
    Map<Origin, BsonDocument> read(Folded folded) {
        Map<Origin, BsonDocument> rests = new HashMap<>();
        for (Leaving leaving : folded.leaving()) {
            if (leaving.origin() != null) {
                read(leaving.origin(), rests);
            }
        }
        for (Write write : folded.writes()) {
            if (write instanceof Write.Move move) {
                read(move.origin(), rests);
            }
        }
        return rests;
    }

    /** Kept aside, still under the old key, or, when a batch is written again, already under the new one. */
    private void read(Origin origin, Map<Origin, BsonDocument> rests) {
        BsonDocument kept = origin.aside() == null
                ? null
                : session.findOne(aside(), new BsonDocument(Documents.ID, id(origin.aside())));
        BsonDocument rest =
                kept != null ? kept.getDocument(DOCUMENT) : session.findOne(rows(), Documents.byId(origin.key()));
        if (rest == null && origin.aside() != null) {
            rest = session.findOne(rows(), Documents.byId(origin.aside()));
        }
        if (rest != null) {
            rests.put(origin, rest);
        }
    }

    /** The document of a moved row: what the change says, over what stood under the old key. */
    static BsonDocument merged(Write.Move move, Map<Origin, BsonDocument> rests) {
        BsonDocument document = new BsonDocument(Documents.ID, Documents.id(move.key()));
        BsonDocument changed = Documents.fields(move.row());
        BsonDocument old = rests.getOrDefault(move.origin(), new BsonDocument());
        for (int i = 0; i < move.row().size(); i++) {
            String field = Fields.path(move.row().name(i));
            BsonValue value = changed.containsKey(field) ? changed.get(field) : Fields.get(old, field);
            if (value != null) {
                Fields.put(document, field, value);
            }
        }
        return document;
    }

    /** Keeps rows that leave, and lets go of rows that have arrived. */
    List<WriteModel<BsonDocument>> keeping(Folded folded, Map<Origin, BsonDocument> rests, Instant now) {
        List<WriteModel<BsonDocument>> models = new ArrayList<>();
        for (Leaving leaving : folded.leaving()) {
            BsonDocument rest = leaving.origin() == null ? new BsonDocument() : rests.get(leaving.origin());
            if (rest != null && (leaving.known() != null || leaving.origin() != null)) {
                models.add(kept(leaving, rest.clone(), now));
            }
        }
        folded.arrived().forEach(key -> models.add(new DeleteOneModel<>(new BsonDocument(Documents.ID, id(key)))));
        return models;
    }

    private WriteModel<BsonDocument> kept(Leaving leaving, BsonDocument document, Instant now) {
        if (leaving.known() != null) {
            put(document, leaving.known());
        }
        forgotten.forEach(document::remove);
        BsonDocument id = id(leaving.to());
        return new ReplaceOneModel<>(
                new BsonDocument(Documents.ID, id),
                new BsonDocument(Documents.ID, id)
                        .append(DOCUMENT, document)
                        .append("at", new BsonDateTime(now.toEpochMilli())),
                new ReplaceOptions().upsert(true));
    }

    private static void put(BsonDocument document, Row known) {
        if (DocumentDecoder.areDocuments(known.shape())) {
            document.putAll(Documents.fields(known));
        } else {
            Fields.putAll(document, Documents.fields(known));
        }
    }

    /** Finds what is kept of a table, for when all of it goes. */
    BsonDocument ofTable() {
        return new BsonDocument("_id.pipeline", new BsonString(pipeline))
                .append("_id.collection", new BsonString(collection));
    }

    private BsonDocument id(Key to) {
        return new BsonDocument("pipeline", new BsonString(pipeline))
                .append("collection", new BsonString(collection))
                .append("key", new BsonString(to.text()));
    }

    MongoCollection<BsonDocument> aside() {
        return session.collection(COLLECTION);
    }

    private MongoCollection<BsonDocument> rows() {
        return session.collection(collection);
    }
}

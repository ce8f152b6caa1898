package io.flywatch.cdc.adapter.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.change.Shape;
import io.flywatch.cdc.embed.Family;
import io.flywatch.cdc.order.Folded;
import io.flywatch.cdc.order.Origin;
import io.flywatch.cdc.order.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BSONException;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * A batch's writes to one collection. Each key is written once, so the order inside is free.
 *
 * @param family what the collection has to do with embedded rows
 * @param limit the largest document that the server takes, in bytes
 */
record TableWrites(String pipeline, String collection, Family family, Session session, int limit) {

    private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);
    private static final UpdateOptions UPSERT_FIELDS = new UpdateOptions().upsert(true);

    /** Documents that can't be written for their own sake. */
    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Map<Key, String> reasons;
        private final boolean ofUniqueness;

        RefusedException(Map<Key, String> reasons) {
            this(reasons, false);
        }

        RefusedException(Map<Key, String> reasons, boolean ofUniqueness) {
            super("the target refuses " + reasons.size() + " documents", null, false, false);
            this.reasons = reasons;
            this.ofUniqueness = ofUniqueness;
        }

        /** Whether others have the values that a unique index lets one have. */
        boolean isOfUniqueness() {
            return ofUniqueness;
        }

        Map<Key, String> reasons() {
            return reasons;
        }
    }

    /**
     * Writes all of it.
     *
     * @param clearFirst whether documents that are written whole are deleted before, so that they stand in nobody's way; in a transaction
     *     alone
     */
    void apply(Folded folded, Instant now, boolean clearFirst) {
        MovedRows moved = new MovedRows(pipeline, collection, FamilyDocuments.arrays(family), session);
        MongoCollection<BsonDocument> rows = session.collection(collection);
        Map<Origin, BsonDocument> rests = moved.read(folded);
        List<WriteModel<BsonDocument>> models = models(folded, rests);
        Map<Key, String> tooLarge =
                new ArraySizes(new Session(session.database(), null), limit).faults(family, folded.writes(), models);
        if (!tooLarge.isEmpty()) {
            throw new RefusedException(tooLarge);
        }
        if (folded.truncated()) {
            session.deleteMany(rows, new BsonDocument());
            session.deleteMany(moved.aside(), moved.ofTable());
        }
        session.write(moved.aside(), moved.keeping(folded, rests, now));
        if (clearFirst) {
            clear(rows, models);
        }
        write(rows, folded.writes(), models);
    }

    private void clear(MongoCollection<BsonDocument> rows, List<WriteModel<BsonDocument>> models) {
        BsonArray ids = new BsonArray();
        models.forEach(model -> {
            if (model instanceof ReplaceOneModel<BsonDocument> whole) {
                ids.add(whole.getReplacement().get(Documents.ID));
            }
        });
        session.deleteMany(rows, new BsonDocument(Documents.ID, new BsonDocument("$in", ids)));
    }

    private void write(MongoCollection<BsonDocument> rows, List<Write> writes, List<WriteModel<BsonDocument>> models) {
        try {
            session.write(rows, models);
        } catch (MongoBulkWriteException e) {
            throw Faults.areOfTheDocuments(e) ? refused(writes, e) : e;
        } catch (MongoCommandException e) {
            throw Faults.isOfTheMessage(e) ? impossible(writes, models, e) : e;
        } catch (BSONException | IllegalArgumentException e) {
            throw impossible(writes, models, e);
        }
    }

    private static RefusedException refused(List<Write> writes, MongoBulkWriteException e) {
        Map<Key, String> reasons = new HashMap<>();
        for (BulkWriteError error : e.getWriteErrors()) {
            reasons.put(writes.get(error.getIndex()).key(), Faults.reason(error));
        }
        return new RefusedException(reasons, e.getWriteErrors().stream().allMatch(Faults::isOfUniqueness));
    }

    /** Neither the driver says which document it could not send, nor the server which one it could not read. */
    private RuntimeException impossible(List<Write> writes, List<WriteModel<BsonDocument>> models, RuntimeException e) {
        Map<Key, String> reasons = new HashMap<>();
        for (int i = 0; i < models.size(); i++) {
            Key key = writes.get(i).key();
            Sizes.fault(models.get(i), limit).ifPresent(fault -> reasons.put(key, fault));
        }
        return reasons.isEmpty() ? e : new RefusedException(reasons);
    }

    private List<WriteModel<BsonDocument>> models(Folded folded, Map<Origin, BsonDocument> rests) {
        List<Write> writes = folded.writes();
        Map<Shape, BsonDocument> lacking = CollectionFields.lacking(folded.written());
        List<WriteModel<BsonDocument>> models = new ArrayList<>(writes.size());
        Map<Key, String> impossible = new HashMap<>();
        for (Write write : writes) {
            try {
                BsonDocument moved = write instanceof Write.Move move ? rests.get(move.origin()) : null;
                models.add(FamilyDocuments.adapted(family, write, model(write, rests, lacking), moved));
            } catch (IllegalArgumentException | ArithmeticException e) {
                impossible.put(write.key(), "a value has no form in MongoDB: " + e.getMessage());
            }
        }
        if (!impossible.isEmpty()) {
            throw new RefusedException(impossible);
        }
        return models;
    }

    /** A row of an older shape gets the fields that others of its batch have: those that stood there before have them by now. */
    private static WriteModel<BsonDocument> model(
            Write write, Map<Origin, BsonDocument> rests, Map<Shape, BsonDocument> lacking) {
        BsonDocument byId = Documents.byId(write.key());
        return switch (write) {
            case Write.Replace replace ->
                replaced(with(
                        Documents.of(replace.key(), replace.row()),
                        lacking.get(replace.row().shape())));
            case Write.Patch patch ->
                new UpdateOneModel<>(
                        byId, patch(byId, patch.row(), lacking.get(patch.row().shape())), UPSERT_FIELDS);
            case Write.Move move ->
                new ReplaceOneModel<>(
                        byId,
                        with(
                                MovedRows.merged(move, rests),
                                lacking.get(move.row().shape())),
                        UPSERT);
            case Write.Delete delete -> new DeleteOneModel<>(byId);
        };
    }

    /** A document of another MongoDB tells its id more exactly than the record's key does. */
    private static WriteModel<BsonDocument> replaced(BsonDocument document) {
        return new ReplaceOneModel<>(new BsonDocument(Documents.ID, document.get(Documents.ID)), document, UPSERT);
    }

    private static BsonDocument with(BsonDocument document, @Nullable BsonDocument lacking) {
        if (lacking != null) {
            Fields.putAll(document, lacking);
        }
        return document;
    }

    /** Servers before 5.0 take no operator without a field: a row of which only the key is known is inserted, or left as it is. */
    private static BsonDocument patch(BsonDocument byId, Row row, @Nullable BsonDocument lacking) {
        BsonDocument fields = Documents.fields(row);
        BsonDocument onInsert = fields.isEmpty() ? byId.clone() : new BsonDocument();
        if (lacking != null) {
            onInsert.putAll(lacking);
        }
        BsonDocument patch = fields.isEmpty() ? new BsonDocument() : new BsonDocument("$set", fields);
        return onInsert.isEmpty() ? patch : patch.append("$setOnInsert", onInsert);
    }
}

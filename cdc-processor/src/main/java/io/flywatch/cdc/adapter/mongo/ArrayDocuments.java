package io.flywatch.cdc.adapter.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import io.flywatch.cdc.embed.EmbeddedArray;
import io.flywatch.cdc.embed.Parents;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BSONException;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonValue;

/** One array of a collection's documents, and the collection that it is made from; never inside a transaction. */
record ArrayDocuments(EmbeddedArray array, Session session)
        implements Parents<DocumentId, BsonValue, ArrayDocuments.Contents> {
    private static final BsonDocument IN_ORDER =
            new BsonDocument(FamilyDocuments.PARENT_PATH, new BsonInt32(1)).append(Documents.ID, new BsonInt32(1));

    /**
     * An array.
     *
     * @param bytes its size
     */
    record Contents(BsonArray elements, long bytes) {}

    /** A null stands for a document that was there before anything was embedded into it. */
    @Override
    public Map<DocumentId, BsonValue> tokens(Collection<DocumentId> ids) {
        Map<DocumentId, BsonValue> tokens = new HashMap<>();
        session.collection(array.parents())
                .find(in(Documents.ID, ids))
                .projection(new BsonDocument(FieldNames.FLYWATCH, new BsonInt32(1)))
                .forEach(document -> tokens.put(
                        DocumentId.of(document),
                        document.getDocument(FieldNames.FLYWATCH, new BsonDocument())
                                .get(FamilyDocuments.TOKEN, BsonNull.VALUE)));
        return tokens;
    }

    /** In the order of the elements' keys. */
    @Override
    public Map<DocumentId, Contents> contents(Collection<DocumentId> ids) {
        Map<DocumentId, Contents> contents = new HashMap<>();
        ids.forEach(id -> contents.put(id, new Contents(new BsonArray(), 0)));
        session.collection(array.children())
                .find(in(FamilyDocuments.PARENT_PATH, ids))
                .sort(IN_ORDER)
                .forEach(child -> contents.computeIfPresent(
                        new DocumentId(FamilyDocuments.parentOf(child)), (id, before) -> with(before, child)));
        return contents;
    }

    private Contents with(Contents before, BsonDocument child) {
        BsonDocument element = FamilyDocuments.element(array, child);
        before.elements().add(element);
        return new Contents(before.elements(), before.bytes() + Sizes.ofElement(element));
    }

    @Override
    public Set<DocumentId> write(Map<DocumentId, BsonValue> tokens, Map<DocumentId, Contents> contents) {
        Map<DocumentId, BsonValue> fresh = new HashMap<>();
        List<WriteModel<BsonDocument>> models = new ArrayList<>();
        tokens.forEach((id, token) -> {
            BsonValue next = FamilyDocuments.newToken();
            fresh.put(id, next);
            Contents now = contents.getOrDefault(id, new Contents(new BsonArray(), 0));
            models.add(new UpdateOneModel<>(
                    new BsonDocument(Documents.ID, id.value()).append(FamilyDocuments.TOKEN_PATH, token),
                    new BsonDocument(
                            "$set",
                            new BsonDocument(array.name(), now.elements())
                                    .append(FamilyDocuments.TOKEN_PATH, next)
                                    .append(bytesPath(), new BsonInt64(now.bytes())))));
        });
        if (matching(models) == models.size()) {
            return new HashSet<>(tokens.keySet());
        }
        Map<DocumentId, BsonValue> there = tokens(tokens.keySet());
        Set<DocumentId> written = new HashSet<>();
        fresh.forEach((id, token) -> {
            if (token.equals(there.get(id))) {
                written.add(id);
            }
        });
        return written;
    }

    private int matching(List<WriteModel<BsonDocument>> models) {
        try {
            return session.writeMatching(session.collection(array.parents()), models);
        } catch (BSONException tooLarge) {
            throw new TooLargeException(array, tooLarge);
        } catch (MongoBulkWriteException e) {
            throw Faults.areOfTheDocuments(e) ? new TooLargeException(array, e) : e;
        }
    }

    /** An array that can't be written, although its rows were found to fit: it is tried again, and shown. */
    static final class TooLargeException extends MongoException {
        private static final long serialVersionUID = 1L;

        TooLargeException(EmbeddedArray array, RuntimeException cause) {
            super(
                    "a document of " + array.parents() + " can't take its array " + array.name()
                            + ", as it is too large: take rows away at the source",
                    cause);
        }
    }

    private String bytesPath() {
        return FieldNames.FLYWATCH + "." + FamilyDocuments.BYTES + "." + array.name();
    }

    /** How large the arrays of those documents are that are there, as they were written. */
    Map<DocumentId, Long> sizes(Collection<DocumentId> ids) {
        Map<DocumentId, Long> sizes = new HashMap<>();
        session.collection(array.parents())
                .find(in(Documents.ID, ids))
                .projection(new BsonDocument(FieldNames.FLYWATCH, new BsonInt32(1)))
                .forEach(document -> sizes.put(
                        DocumentId.of(document),
                        document
                                .getDocument(FieldNames.FLYWATCH, new BsonDocument())
                                .getDocument(FamilyDocuments.BYTES, new BsonDocument())
                                .values()
                                .stream()
                                .mapToLong(bytes -> bytes.asNumber().longValue())
                                .sum()));
        return sizes;
    }

    static BsonDocument in(String field, Collection<DocumentId> ids) {
        BsonArray values = new BsonArray();
        ids.forEach(id -> values.add(id.value()));
        return new BsonDocument(field, new BsonDocument("$in", values));
    }
}

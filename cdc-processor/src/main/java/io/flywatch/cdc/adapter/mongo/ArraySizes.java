package io.flywatch.cdc.adapter.mongo;

import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.WriteModel;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.embed.EmbeddedArray;
import io.flywatch.cdc.embed.Family;
import io.flywatch.cdc.order.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;

/**
 * Finds the rows with which a document would grow beyond what the server takes, before any of them is written: an array is made only after
 * its rows, and what it is made from must fit. It looks closely only at documents that are large already.
 *
 * @param session without a transaction
 * @param limit the largest document, in bytes
 */
record ArraySizes(Session session, int limit) {
    private static final int CLOSE_LOOK = 4;

    /** What the server and the driver may add. */
    private static final int MARGIN = 64 * 1024;

    /** An element that is to be written. */
    private record Element(Key key, long bytes) {}

    /** Why rows can't be written, by their keys; the models stand in the order of the writes. */
    Map<Key, String> faults(Family family, List<Write> writes, List<WriteModel<BsonDocument>> models) {
        return switch (family) {
            case Family.None none -> Map.of();
            case Family.Child child -> ofChildren(child, writes, models);
            case Family.Parent parent -> ofParents(parent, writes, models);
        };
    }

    private Map<Key, String> ofChildren(Family.Child child, List<Write> writes, List<WriteModel<BsonDocument>> models) {
        Map<DocumentId, List<Element>> added = new HashMap<>();
        for (int i = 0; i < writes.size(); i++) {
            Row row = FamilyDocuments.row(writes.get(i));
            if (row != null) {
                Element element = new Element(writes.get(i).key(), size(models.get(i)));
                FamilyDocuments.parent(child, row)
                        .filter(parent -> !parent.isNull())
                        .ifPresent(parent -> added.computeIfAbsent(new DocumentId(parent), id -> new ArrayList<>())
                                .add(element));
            }
        }
        if (added.isEmpty()) {
            return Map.of();
        }
        ArrayDocuments documents = new ArrayDocuments(child.array(), session);
        Map<Key, String> faults = new HashMap<>();
        documents.sizes(added.keySet()).forEach((id, bytes) -> {
            List<Element> elements = added.getOrDefault(id, List.of());
            if (bytes + elements.stream().mapToLong(Element::bytes).sum() > limit / CLOSE_LOOK) {
                faults.putAll(tooMany(child.array(), id, elements, writes));
            }
        });
        return faults;
    }

    /** In the order in which they come, as many as fit. */
    private Map<Key, String> tooMany(EmbeddedArray array, DocumentId id, List<Element> elements, List<Write> writes) {
        Set<DocumentId> written = new HashSet<>();
        writes.forEach(write -> written.add(new DocumentId(Documents.id(write.key()))));
        long bytes = MARGIN + ownBytes(array, id);
        for (BsonDocument child :
                session.collection(array.children()).find(new BsonDocument(FamilyDocuments.PARENT_PATH, id.value()))) {
            bytes += written.contains(DocumentId.of(child)) ? 0 : Sizes.ofElement(child);
        }
        Map<Key, String> faults = new LinkedHashMap<>();
        for (Element element : elements) {
            if (bytes + element.bytes() > limit) {
                faults.put(
                        element.key(),
                        "with it, the document that it is embedded into would have more than the " + limit
                                + " bytes that the target takes");
            } else {
                bytes += element.bytes();
            }
        }
        return faults;
    }

    /** All of the document but the array. */
    private long ownBytes(EmbeddedArray array, DocumentId id) {
        BsonDocument document =
                session.findOne(session.collection(array.parents()), new BsonDocument(Documents.ID, id.value()));
        if (document == null) {
            return 0;
        }
        document.remove(array.name());
        return Sizes.ofElement(document);
    }

    /** Of a document that is there the arrays' sizes are known; of a new one, those rows count that have waited for it. */
    private Map<Key, String> ofParents(
            Family.Parent parent, List<Write> writes, List<WriteModel<BsonDocument>> models) {
        Map<DocumentId, Element> brought = new HashMap<>();
        for (int i = 0; i < writes.size(); i++) {
            if (FamilyDocuments.row(writes.get(i)) != null) {
                Key key = writes.get(i).key();
                brought.put(new DocumentId(Documents.id(key)), new Element(key, size(models.get(i))));
            }
        }
        Map<DocumentId, Long> waiting =
                new HashMap<>(new ArrayDocuments(parent.arrays().getFirst(), session).sizes(brought.keySet()));
        Set<DocumentId> fresh = new HashSet<>(brought.keySet());
        fresh.removeAll(waiting.keySet());
        parent.arrays()
                .forEach(array -> session.collection(array.children())
                        .find(ArrayDocuments.in(FamilyDocuments.PARENT_PATH, fresh))
                        .forEach(child -> waiting.merge(
                                new DocumentId(FamilyDocuments.parentOf(child)), Sizes.ofElement(child), Long::sum)));
        Map<Key, String> faults = new HashMap<>();
        waiting.forEach((id, bytes) -> {
            Element document = brought.get(id);
            if (document != null && MARGIN + bytes + document.bytes() > limit) {
                faults.put(
                        document.key(),
                        "with the rows that are embedded into it, it would have " + (bytes + document.bytes())
                                + " bytes, and the target takes " + limit + " at most");
            }
        });
        return faults;
    }

    private static long size(WriteModel<BsonDocument> model) {
        return model instanceof ReplaceOneModel<BsonDocument> replace
                ? Sizes.ofElement(replace.getReplacement())
                : Sizes.ofUpdate(model);
    }
}

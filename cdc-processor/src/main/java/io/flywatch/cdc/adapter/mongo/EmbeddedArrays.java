package io.flywatch.cdc.adapter.mongo;

import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import io.flywatch.cdc.apply.Batch;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.embed.EmbeddedArray;
import io.flywatch.cdc.embed.Family;
import io.flywatch.cdc.embed.Refresh;
import io.flywatch.cdc.order.Write;
import io.flywatch.cdc.position.PartitionId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;

/**
 * Keeps arrays of embedded rows up to date. Rows of both tables are written first, with a note of what they make stale; then the arrays of
 * the noted documents are made anew from the rows as they are now, and the note goes ({@link Refresh} says why that comes right).
 */
final class EmbeddedArrays {
    /** Documents that are refreshed together. */
    private static final int PAGE = 200;

    private static final BsonDocument BY_PARENT =
            new BsonDocument(FamilyDocuments.PARENT_PATH, new BsonInt32(1)).append(Documents.ID, new BsonInt32(1));

    private final Map<PartitionId, StaleArrays> open = new ConcurrentHashMap<>();
    private final Set<String> indexed = ConcurrentHashMap.newKeySet();

    /** Refreshes what was left of a partition's changes. */
    void takeOver(Session session, PartitionId id) {
        List<BsonDocument> left = new ArrayList<>();
        session.collection(StaleArrays.COLLECTION)
                .find(StaleArrays.ofPartition(id))
                .into(left);
        for (BsonDocument document : left) {
            refresh(session, StaleArrays.read(document));
            session.deleteMany(
                    session.collection(StaleArrays.COLLECTION),
                    new BsonDocument(Documents.ID, document.get(Documents.ID)));
        }
        open.remove(id);
    }

    /** What reading an array's rows needs; outside of any transaction. */
    void prepare(Session session, Family family) {
        for (EmbeddedArray array : arrays(family)) {
            if (!indexed.contains(array.children())) {
                session.collection(array.children()).createIndex(BY_PARENT);
                indexed.add(array.children());
            }
        }
    }

    /** Each element is about to change. */
    void allStale(Session session, Batch batch, Family family) {
        note(session, batch, new StaleArrays(arrays(family), Set.of(), true));
    }

    /** Notes what a batch makes stale, before its rows are written. */
    void note(Session session, Batch batch, Family family, String collection) {
        switch (family) {
            case Family.None none -> {}
            case Family.Child child -> note(session, batch, ofChildren(session, batch, child, collection));
            case Family.Parent parent -> note(session, batch, ofParents(session, batch, parent, collection));
        }
    }

    private void note(Session session, Batch batch, StaleArrays more) {
        StaleArrays now =
                open.getOrDefault(batch.id(), StaleArrays.none(more.arrays())).plus(more);
        if (!now.isEmpty()) {
            open.put(batch.id(), now);
            BsonDocument id = StaleArrays.id(batch.id(), batch.epoch());
            session.write(
                    session.collection(StaleArrays.COLLECTION),
                    List.of(new ReplaceOneModel<>(
                            new BsonDocument(Documents.ID, id), now.document(id), new ReplaceOptions().upsert(true))));
        }
    }

    /** The parents that the rows belonged to, and those that they belong to now. */
    private static StaleArrays ofChildren(Session session, Batch batch, Family.Child child, String collection) {
        Set<DocumentId> parents = new LinkedHashSet<>();
        session.find(session.collection(collection), ArrayDocuments.in(Documents.ID, ids(batch)))
                .projection(new BsonDocument(FieldNames.FLYWATCH, new BsonInt32(1)))
                .forEach(document -> add(FamilyDocuments.parentOf(document), parents));
        for (Write write : batch.folded().writes()) {
            Row row = FamilyDocuments.row(write);
            if (row != null) {
                FamilyDocuments.parent(child, row).ifPresent(parent -> add(parent, parents));
            }
        }
        return new StaleArrays(List.of(child.array()), parents, batch.folded().truncated());
    }

    private static void add(BsonValue parent, Set<DocumentId> parents) {
        if (!parent.isNull()) {
            parents.add(new DocumentId(parent));
        }
    }

    /** Documents that are new; a repair looks at what is there, too. */
    private static StaleArrays ofParents(Session session, Batch batch, Family.Parent parent, String collection) {
        Set<DocumentId> brought = new LinkedHashSet<>();
        for (Write write : batch.folded().writes()) {
            if (FamilyDocuments.row(write) != null) {
                brought.add(new DocumentId(Documents.id(write.key())));
            }
        }
        boolean repair = batch.before().offset() == batch.after().offset();
        if (!repair && !batch.folded().truncated()) {
            session.find(
                            session.collection(collection),
                            ArrayDocuments.in(Documents.ID, brought)
                                    .append(FamilyDocuments.TOKEN_PATH, new BsonDocument("$exists", BsonBoolean.TRUE)))
                    .projection(new BsonDocument(Documents.ID, new BsonInt32(1)))
                    .forEach(document -> brought.remove(DocumentId.of(document)));
        }
        return new StaleArrays(parent.arrays(), brought, false);
    }

    private static List<DocumentId> ids(Batch batch) {
        return batch.folded().writes().stream()
                .map(write -> new DocumentId(Documents.id(write.key())))
                .toList();
    }

    /** Refreshes what was noted; the rows are written by now. */
    void settle(Session session, Batch batch) {
        StaleArrays stale = open.get(batch.id());
        if (stale != null) {
            refresh(session, stale);
            session.deleteMany(
                    session.collection(StaleArrays.COLLECTION),
                    new BsonDocument(Documents.ID, StaleArrays.id(batch.id(), batch.epoch())));
            open.remove(batch.id());
        }
    }

    private static void refresh(Session session, StaleArrays stale) {
        for (EmbeddedArray array : stale.arrays()) {
            ArrayDocuments documents = new ArrayDocuments(array, session);
            Refresh<DocumentId, BsonValue, ArrayDocuments.Contents> refresh = new Refresh<>(documents, PAGE);
            refresh.of(stale.ids());
            if (stale.all()) {
                withElements(session, array, refresh);
            }
        }
    }

    private static void withElements(
            Session session, EmbeddedArray array, Refresh<DocumentId, BsonValue, ArrayDocuments.Contents> refresh) {
        List<DocumentId> page = new ArrayList<>();
        session.collection(array.parents())
                .find(new BsonDocument(array.name() + ".0", new BsonDocument("$exists", BsonBoolean.TRUE)))
                .projection(new BsonDocument(Documents.ID, new BsonInt32(1)))
                .forEach(document -> {
                    page.add(DocumentId.of(document));
                    if (page.size() == PAGE) {
                        refresh.of(page);
                        page.clear();
                    }
                });
        refresh.of(page);
    }

    private static List<EmbeddedArray> arrays(Family family) {
        return switch (family) {
            case Family.None none -> List.of();
            case Family.Child child -> List.of(child.array());
            case Family.Parent parent -> parent.arrays();
        };
    }
}

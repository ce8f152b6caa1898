package io.flywatch.stack.ordered;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds documents by ranges and lists of ids, and in the order of ids, without looking at all others: what the server's own index on
 * {@code _id} can't do. Ids that can't be brought into an order leave the collection as it would be without.
 */
final class OrderedCollection extends MemoryCollection {
    private static final String ID = "_id";

    private @Nullable NavigableMap<Object, Integer> byId = new TreeMap<>(ValueComparator.asc());

    OrderedCollection(MongoDatabase database, String name, CollectionOptions options, CursorRegistry cursors) {
        super(database, name, options, cursors);
    }

    @Override
    protected Integer addDocumentInternal(Document document) {
        Integer position = super.addDocumentInternal(document);
        Object id = document.get(ID);
        if (byId != null && (id == null || !isPut(byId, id, position))) {
            byId = null;
        }
        return position;
    }

    private static boolean isPut(NavigableMap<Object, Integer> byId, Object id, Integer position) {
        try {
            return byId.put(id, position) == null;
        } catch (RuntimeException e) {
            return false;
        }
    }

    @Override
    protected void removeDocument(Integer position) {
        Object id = getDocument(position).get(ID);
        super.removeDocument(position);
        if (byId != null && id != null) {
            byId.remove(id);
        }
    }

    @Override
    protected synchronized QueryResult queryDocuments(
            Document query,
            @Nullable Document orderBy,
            int numberToSkip,
            int limit,
            int batchSize,
            @Nullable Document fieldSelector) {
        IdBounds bounds = IdBounds.of(query);
        int order = order(orderBy);
        if (byId == null || isNatural(orderBy) || bounds.isEmpty() && order == 0) {
            return super.queryDocuments(query, orderBy, numberToSkip, limit, batchSize, fieldSelector);
        }
        Stream<Document> candidates =
                bounds.in(order < 0 ? byId.descendingMap() : byId).map(this::getDocument);
        Comparator<Document> comparator = order == 0 ? deriveComparator(orderBy) : null;
        return matchDocumentsFromStream(query, candidates, numberToSkip, limit, batchSize, comparator, fieldSelector);
    }

    /** 1 or -1 if documents are wanted in the order of their ids alone, else 0. */
    private static int order(@Nullable Document orderBy) {
        return orderBy != null && orderBy.size() == 1 && orderBy.get(ID) instanceof Number direction
                ? Integer.signum(direction.intValue())
                : 0;
    }

    private static boolean isNatural(@Nullable Document orderBy) {
        return orderBy != null && orderBy.containsKey("$natural");
    }
}

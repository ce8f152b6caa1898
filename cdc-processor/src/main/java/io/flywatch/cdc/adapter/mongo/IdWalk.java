package io.flywatch.cdc.adapter.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Walks through a collection by the index of its {@code _id}s, whatever their types and its collation.
 *
 * @param session all reads are of it, one after the other; null where the server has none
 */
record IdWalk(
        MongoCollection<RawBsonDocument> collection,
        @Nullable ClientSession session) {
    private static final int BAD_VALUE = 2;

    private static final int PAGE = 10_000;

    /** The most ids of one question: some servers take long over many. */
    private static final int IDS = 500;

    private static final BsonDocument BY_ID = new BsonDocument(Documents.ID, new BsonInt32(1));

    /** Whether there are ids that it would miss. */
    boolean missesSome() {
        try {
            return ids(IdOrder.others()).first() != null;
        } catch (MongoCommandException e) {
            if (e.getErrorCode() == BAD_VALUE) {
                return false; // there are no such types at all
            }
            throw e;
        }
    }

    /** The id that ends a page of so many; empty if fewer are left. */
    Optional<BsonValue> end(@Nullable BsonValue after, int rows) {
        int left = rows;
        for (BsonDocument filter : IdOrder.filters(after, null)) {
            RawBsonDocument end =
                    ids(filter).sort(BY_ID).skip(left - 1).limit(1).first();
            if (end != null) {
                return Optional.of(DocumentIds.of(end));
            }
            left -= left > 1 ? count(filter, left - 1) : 0;
        }
        return Optional.empty();
    }

    private int count(BsonDocument filter, int most) {
        int count = 0;
        try (MongoCursor<RawBsonDocument> ids =
                ids(filter).limit(most).batchSize(PAGE).iterator()) {
            for (; ids.hasNext(); ids.next()) {
                count++;
            }
        }
        return count;
    }

    /** All documents of a range. */
    void documents(@Nullable BsonValue after, @Nullable BsonValue upTo, Consumer<RawBsonDocument> taker) {
        for (BsonDocument filter : IdOrder.filters(after, upTo)) {
            find(filter).sort(BY_ID).batchSize(PAGE).forEach(taker);
        }
    }

    /** The documents of these ids, and perhaps others that a collation holds equal. */
    void documents(Collection<BsonValue> ids, Consumer<RawBsonDocument> taker) {
        List<BsonValue> all = List.copyOf(ids);
        for (int from = 0; from < all.size(); from += IDS) {
            find(in(all, from)).batchSize(PAGE).forEach(taker);
        }
    }

    /** Those of the ids that there are, and perhaps others that a collation holds equal. */
    void ids(Collection<BsonValue> ids, Consumer<BsonValue> taker) {
        List<BsonValue> all = List.copyOf(ids);
        for (int from = 0; from < all.size(); from += IDS) {
            ids(in(all, from)).batchSize(PAGE).forEach(document -> taker.accept(DocumentIds.of(document)));
        }
    }

    /** The next ids in order. */
    void page(@Nullable BsonValue after, int most, Consumer<BsonValue> taker) {
        int left = most;
        for (BsonDocument filter : IdOrder.filters(after, null)) {
            if (left < 1) {
                return;
            }
            for (RawBsonDocument document : ids(filter).sort(BY_ID).limit(left)) {
                taker.accept(DocumentIds.of(document));
                left--;
            }
        }
    }

    private static BsonDocument in(List<BsonValue> ids, int from) {
        BsonArray page = new BsonArray(ids.subList(from, Math.min(ids.size(), from + IDS)));
        return new BsonDocument(Documents.ID, new BsonDocument("$in", page));
    }

    private FindIterable<RawBsonDocument> ids(BsonDocument filter) {
        return find(filter).projection(BY_ID);
    }

    private FindIterable<RawBsonDocument> find(BsonDocument filter) {
        return session == null ? collection.find(filter) : collection.find(session, filter);
    }
}

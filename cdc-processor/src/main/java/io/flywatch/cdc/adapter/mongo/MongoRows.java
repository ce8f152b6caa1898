package io.flywatch.cdc.adapter.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import io.flywatch.cdc.verify.AwayException;
import io.flywatch.cdc.verify.Checksum;
import io.flywatch.cdc.verify.KeyPage;
import io.flywatch.cdc.verify.KeyRange;
import io.flywatch.cdc.verify.RowDigest;
import io.flywatch.cdc.verify.RowImage;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.cdc.verify.TargetTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** A collection that is verified. */
final class MongoRows implements TargetTable {
    /** A chunk in one answer, where the server's limit of 16 MiB lets it. */
    private static final int PAGE = 10_000;

    /** The most keys of one question: some servers take long over many. */
    private static final int KEYS = 500;

    private static final int NAME_OF_FIRST = Integer.BYTES + 1;
    private static final int ID_AND_NUL = '_' | 'i' << 8 | 'd' << 16;
    private static final int VALUE_OF_FIRST = NAME_OF_FIRST + Integer.BYTES;

    private final MongoCollection<RawBsonDocument> collection;
    private final MongoKeys keys;
    private final IdPages pages;
    private final BsonDocument left;
    private final Set<String> outer;
    private final BsonDigest digests = new BsonDigest();

    /**
     * A collection.
     *
     * @param left fields that are not looked at
     * @param outer the paths of documents whose fields are told one by one
     */
    MongoRows(MongoCollection<BsonDocument> collection, MongoKeys keys, List<String> left, Set<String> outer) {
        this.outer = Set.copyOf(outer);
        this.left = new BsonDocument();
        left.forEach(field -> this.left.put(field, new BsonInt32(0)));
        this.collection = collection.withDocumentClass(RawBsonDocument.class);
        this.keys = keys;
        this.pages = new IdPages(collection, keys);
    }

    @Override
    public boolean isOrderedAsSource() {
        return keys.areOrdered();
    }

    /** MongoDB has no function that could compute it. */
    @Override
    public Optional<Checksum> checksum(KeyRange range) {
        return Optional.empty();
    }

    @Override
    public void scan(KeyRange range, Consumer<RowDigest> rows) {
        BsonDocument bounds = new BsonDocument();
        if (range.after() != null) {
            bounds.put("$gt", keys.id(range.after()));
        }
        if (range.upTo() != null) {
            bounds.put("$lte", keys.id(range.upTo()));
        }
        BsonDocument filter = bounds.isEmpty() ? pages.ofExpectedType() : new BsonDocument(Documents.ID, bounds);
        asked(() -> {
            for (RawBsonDocument document : find(filter)) {
                BsonValue id = id(document);
                // What is no key of the source's is found as foreign.
                keys.key(id).ifPresent(key -> rows.accept(new RowDigest(key, digests.of(bytes(document), 0))));
            }
            return true;
        });
    }

    @Override
    public void find(Collection<RowKey> wanted, Consumer<RowDigest> rows) {
        look(wanted, (key, document) -> rows.accept(new RowDigest(key, digests.of(bytes(document), 0))));
    }

    @Override
    public Map<RowKey, RowImage> read(Collection<RowKey> wanted) {
        Map<RowKey, RowImage> images = new HashMap<>();
        look(
                wanted,
                (key, document) ->
                        images.put(key, new RowImage(MongoForm.image(document.decode(MongoForm.CODEC), outer), null)));
        return images;
    }

    private interface Taker {
        void take(RowKey key, RawBsonDocument document);
    }

    private void look(Collection<RowKey> wanted, Taker taker) {
        List<RowKey> all = List.copyOf(wanted);
        for (int from = 0; from < all.size(); from += KEYS) {
            page(all.subList(from, Math.min(all.size(), from + KEYS)), taker);
        }
    }

    private void page(List<RowKey> wanted, Taker taker) {
        Map<BsonValue, RowKey> byId = new HashMap<>();
        BsonArray ids = new BsonArray();
        for (RowKey key : wanted) {
            BsonValue id = keys.id(key);
            byId.put(MongoKeys.normal(id), key);
            ids.add(id);
        }
        asked(() -> {
            for (RawBsonDocument document : find(new BsonDocument(Documents.ID, new BsonDocument("$in", ids)))) {
                RowKey key = byId.get(MongoKeys.normal(id(document)));
                if (key != null) {
                    taker.take(key, document);
                }
            }
            return true;
        });
    }

    @Override
    public KeyPage keys(@Nullable String place, int most) {
        return asked(() -> pages.next(place, most));
    }

    private FindIterable<RawBsonDocument> find(BsonDocument filter) {
        FindIterable<RawBsonDocument> found = collection.find(filter).batchSize(PAGE);
        return left.isEmpty() ? found : found.projection(left);
    }

    private static BsonValue id(RawBsonDocument document) {
        BsonValue first = firstId(bytes(document));
        return first != null ? first : Objects.requireNonNull(document.get(Documents.ID));
    }

    /** The {@code _id} where it stands in front, as servers keep it, and is a number; null otherwise. */
    private static @Nullable BsonValue firstId(byte[] document) {
        ByteBuffer bytes = ByteBuffer.wrap(document).order(ByteOrder.LITTLE_ENDIAN);
        if (document.length < VALUE_OF_FIRST || bytes.getInt(NAME_OF_FIRST) != ID_AND_NUL) {
            return null;
        }
        int type = document[Integer.BYTES];
        if (type == BsonType.INT64.getValue()) {
            return new BsonInt64(bytes.getLong(VALUE_OF_FIRST));
        }
        return type == BsonType.INT32.getValue() ? new BsonInt32(bytes.getInt(VALUE_OF_FIRST)) : null;
    }

    private static byte[] bytes(RawBsonDocument document) {
        ByteBuffer buffer = document.getByteBuffer().asNIO();
        if (buffer.hasArray() && buffer.arrayOffset() + buffer.position() == 0) {
            return buffer.array();
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (MongoException e) {
            throw new AwayException(Reasons.of(e), e);
        }
    }
}

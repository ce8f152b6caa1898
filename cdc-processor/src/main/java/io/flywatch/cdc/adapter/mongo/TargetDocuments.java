package io.flywatch.cdc.adapter.mongo;

import io.flywatch.cdc.adapter.verify.KeyShape;
import io.flywatch.cdc.verify.Checksum;
import io.flywatch.cdc.verify.KeyPage;
import io.flywatch.cdc.verify.KeyRange;
import io.flywatch.cdc.verify.RowDigest;
import io.flywatch.cdc.verify.RowImage;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.cdc.verify.TargetTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** A collection that has documents of a MongoDB source. */
final class TargetDocuments implements TargetTable {
    private final IdWalk walk;
    private final KeyShape shape;
    private final boolean sortsByBytes;
    private final ExactForm form;

    /**
     * A collection.
     *
     * @param sortsByBytes whether texts among its ids sort by their bytes
     */
    TargetDocuments(IdWalk walk, KeyShape shape, boolean sortsByBytes, ExactForm form) {
        this.walk = walk;
        this.shape = shape;
        this.sortsByBytes = sortsByBytes;
        this.form = form;
    }

    /** Whether the ids are the source's: what is cast or hidden can't be turned back. */
    boolean areKept() {
        return !shape.types().getFirst().isEmpty();
    }

    /** A collation orders texts in a way of its own. */
    @Override
    public boolean isOrderedAsSource() {
        return areKept() && shape.sortsByBytes() && sortsByBytes;
    }

    @Override
    public Optional<Checksum> checksum(KeyRange range) {
        return Optional.empty();
    }

    @Override
    public void scan(KeyRange range, Consumer<RowDigest> rows) {
        MongoRows.asked(() -> {
            walk.documents(
                    range.after() == null ? null : id(range.after()),
                    range.upTo() == null ? null : id(range.upTo()),
                    document -> rows.accept(
                            new RowDigest(DocumentIds.rowKey(DocumentIds.of(document)), form.digest(document))));
            return true;
        });
    }

    private BsonValue id(RowKey key) {
        return Documents.id(shape.change().apply(key));
    }

    @Override
    public void find(Collection<RowKey> keys, Consumer<RowDigest> rows) {
        look(keys, (key, document) -> rows.accept(new RowDigest(key, form.digest(document))));
    }

    @Override
    public Map<RowKey, RowImage> read(Collection<RowKey> keys) {
        Map<RowKey, RowImage> images = new HashMap<>();
        look(keys, (key, document) -> images.put(key, ExactForm.image(document)));
        return images;
    }

    private void look(Collection<RowKey> keys, BiConsumer<RowKey, RawBsonDocument> taker) {
        Map<RowKey, RowKey> wanted = new HashMap<>();
        Map<RowKey, BsonValue> ids = new LinkedHashMap<>();
        keys.forEach(key -> {
            BsonValue id = id(key);
            wanted.put(DocumentIds.rowKey(id), key);
            ids.put(key, id);
        });
        MongoRows.asked(() -> {
            walk.documents(ids.values(), document -> {
                RowKey key = wanted.get(DocumentIds.rowKey(DocumentIds.of(document)));
                if (key != null) {
                    taker.accept(key, document);
                }
            });
            return true;
        });
    }

    /** Ranges have shown all of a collection that is ordered as the source's. */
    @Override
    public KeyPage keys(@Nullable String place, int most) {
        if (isOrderedAsSource() || !areKept()) {
            return new KeyPage(List.of(), List.of(), null);
        }
        return MongoRows.asked(() -> {
            List<RowKey> page = new ArrayList<>();
            walk.page(place == null ? null : id(RowKey.of(place)), most, id -> page.add(DocumentIds.rowKey(id)));
            return new KeyPage(
                    page,
                    List.of(),
                    page.size() < most ? null : page.getLast().parts().getFirst());
        });
    }
}

package io.flywatch.cdc.adapter.mongo;

import io.flywatch.cdc.adapter.verify.Form;
import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.DocumentDecoder;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.mapping.TableMapping;
import io.flywatch.cdc.verify.Checksum;
import io.flywatch.cdc.verify.Digest;
import io.flywatch.cdc.verify.KeyRange;
import io.flywatch.cdc.verify.Moment;
import io.flywatch.cdc.verify.RowDigest;
import io.flywatch.cdc.verify.RowImage;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.cdc.verify.SourceTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.jspecify.annotations.Nullable;

/**
 * A collection of a MongoDB source. Its documents are brought into the form that they have to have at the target as changes of them are: each is
 * written as Debezium writes it, and mapped. Where all of a document stays as it is, its bytes are compared.
 */
final class SourceDocuments implements SourceTable {
    private static final JsonWriterSettings AS_DEBEZIUM = strict();

    private final IdWalk walk;
    private final SourceLog log;
    private final Form form;

    SourceDocuments(IdWalk walk, SourceLog log, Form form) {
        this.walk = walk;
        this.log = log;
        this.form = form;
    }

    @SuppressWarnings("deprecation") // the strict dialect is what Debezium writes
    private static JsonWriterSettings strict() {
        return JsonWriterSettings.builder().outputMode(JsonMode.STRICT).build();
    }

    @Override
    public Optional<RowKey> boundary(KeyRange rest, int rows) {
        return MongoRows.asked(() -> walk.end(id(rest.after()), rows).map(DocumentIds::rowKey));
    }

    private static @Nullable BsonValue id(@Nullable RowKey key) {
        return key == null
                ? null
                : DocumentIds.id(key).orElseThrow(() -> new IllegalStateException("a key that is no _id's"));
    }

    /** MongoDB has no function that could compute it. */
    @Override
    public Optional<Checksum> checksum(KeyRange range) {
        return Optional.empty();
    }

    @Override
    public void scan(KeyRange range, Consumer<RowDigest> rows) {
        MongoRows.asked(() -> {
            walk.documents(
                    id(range.after()),
                    id(range.upTo()),
                    document -> rows.accept(digest(DocumentIds.rowKey(DocumentIds.of(document)), document)));
            return true;
        });
    }

    private RowDigest digest(RowKey key, RawBsonDocument document) {
        return new RowDigest(key, digest(document));
    }

    private Digest digest(RawBsonDocument document) {
        return form instanceof ExactForm exact
                ? exact.digest(document)
                : form.digest(DocumentIds.key(DocumentIds.of(document)), row(document));
    }

    @Override
    public void find(Collection<RowKey> keys, Consumer<RowDigest> rows) {
        look(keys, (key, document) -> rows.accept(digest(key, document)));
    }

    @Override
    public Set<RowKey> existing(Collection<RowKey> keys) {
        Set<RowKey> found = new HashSet<>();
        MongoRows.asked(() -> {
            walk.ids(ids(keys).values(), id -> found.add(DocumentIds.rowKey(id)));
            return true;
        });
        found.retainAll(Set.copyOf(keys));
        return found;
    }

    @Override
    public Map<RowKey, RowImage> read(Collection<RowKey> keys) {
        Map<RowKey, RowImage> images = new HashMap<>();
        confirmed(keys, (key, document) -> images.put(key, image(document)));
        return images;
    }

    private RowImage image(RawBsonDocument document) {
        if (form instanceof ExactForm) {
            return ExactForm.image(document);
        }
        RowImage image = new RowImage(form.image(DocumentIds.key(DocumentIds.of(document)), row(document)), null);
        return form.isWhole() ? new RowImage(image.values(), null, true) : image;
    }

    /** The documents as changes that make them so; what can't be mapped is in the dead letters, and stays as it is. */
    Map<RowKey, Change> changes(Collection<RowKey> keys, TableMapping mapping) {
        Map<RowKey, Change> changes = new HashMap<>();
        ids(keys).forEach((key, id) -> changes.put(key, new Change.Delete(mapping.key(DocumentIds.key(id)), null)));
        confirmed(keys, (key, document) -> {
            try {
                changes.put(
                        key,
                        new Change.Put(
                                mapping.key(DocumentIds.key(DocumentIds.of(document))),
                                mapping.row(row(document)),
                                null));
            } catch (IllegalArgumentException unmapped) {
                changes.remove(key);
            }
        });
        return changes;
    }

    private void confirmed(Collection<RowKey> keys, BiConsumer<RowKey, RawBsonDocument> taker) {
        look(keys, taker);
        ids(keys).values().stream()
                .findFirst()
                .ifPresent(one -> MongoRows.asked(() -> {
                    log.confirm(walk.collection(), one);
                    return true;
                }));
    }

    private void look(Collection<RowKey> keys, BiConsumer<RowKey, RawBsonDocument> taker) {
        Map<RowKey, BsonValue> ids = ids(keys);
        MongoRows.asked(() -> {
            walk.documents(ids.values(), document -> {
                RowKey key = DocumentIds.rowKey(DocumentIds.of(document));
                // A collation finds others, too.
                if (ids.containsKey(key)) {
                    taker.accept(key, document);
                }
            });
            return true;
        });
    }

    private static Map<RowKey, BsonValue> ids(Collection<RowKey> keys) {
        Map<RowKey, BsonValue> ids = new LinkedHashMap<>();
        keys.forEach(key -> DocumentIds.id(key).ifPresent(id -> ids.put(key, id)));
        return ids;
    }

    private static Row row(RawBsonDocument document) {
        try {
            return DocumentDecoder.row(DocumentIds.bson(DocumentIds.of(document)), document.toJson(AS_DEBEZIUM));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Moment moment() {
        return MongoRows.asked(log::now);
    }

    @Override
    public OptionalLong estimate() {
        return MongoRows.asked(() -> OptionalLong.of(walk.collection().estimatedDocumentCount()));
    }
}

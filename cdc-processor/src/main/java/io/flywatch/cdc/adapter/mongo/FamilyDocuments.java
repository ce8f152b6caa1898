package io.flywatch.cdc.adapter.mongo;

import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.change.Unavailable;
import io.flywatch.cdc.embed.EmbeddedArray;
import io.flywatch.cdc.embed.Family;
import io.flywatch.cdc.order.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * What embedding adds to the documents of a table. A document with arrays has {@code _flywatch.token}, which changes whenever one of them is
 * written, and {@code _flywatch.bytes}, their sizes. A document that an element is made from has {@code _flywatch.parent}.
 */
final class FamilyDocuments {
    static final String TOKEN = "token";
    static final String BYTES = "bytes";
    static final String PARENT = "parent";
    static final String PARENT_PATH = FieldNames.FLYWATCH + "." + PARENT;
    static final String TOKEN_PATH = FieldNames.FLYWATCH + "." + TOKEN;

    private static final String ON_INSERT = "$setOnInsert";

    private FamilyDocuments() {}

    static BsonObjectId newToken() {
        return new BsonObjectId(new ObjectId());
    }

    /** The parent that a row belongs to: null for none; empty if the row does not say it. */
    static Optional<BsonValue> parent(Family.Child child, Row row) {
        List<Object> values = new ArrayList<>();
        for (String column : child.foreignKey()) {
            int place = row.shape().names().indexOf(column);
            Object value = place < 0 ? Unavailable.VALUE : row.value(place);
            if (value == Unavailable.VALUE) {
                return Optional.empty();
            }
            if (value == null) {
                return Optional.of(BsonNull.VALUE);
            }
            values.add(value);
        }
        return Optional.of(Documents.id(new Key(child.parentKey(), values, child.asDocument())));
    }

    /** The row that a write brings; null for a delete. */
    static @Nullable Row row(Write write) {
        return switch (write) {
            case Write.Replace replace -> replace.row();
            case Write.Patch patch -> patch.row();
            case Write.Move move -> move.row();
            case Write.Delete delete -> null;
        };
    }

    /**
     * A write as the family wants it.
     *
     * @param moved what stood under the old key of a row whose key changed; null if nothing did
     */
    static WriteModel<BsonDocument> adapted(
            Family family, Write write, WriteModel<BsonDocument> model, @Nullable BsonDocument moved) {
        Row row = row(write);
        return switch (family) {
            case Family.None none -> model;
            case Family.Parent parent -> parent(parent, model);
            case Family.Child child when row == null -> model;
            case Family.Child child -> child(child, row, model, moved);
        };
    }

    private static WriteModel<BsonDocument> child(
            Family.Child child, Row row, WriteModel<BsonDocument> model, @Nullable BsonDocument moved) {
        Optional<BsonValue> parent = parent(child, row);
        switch (model) {
            case ReplaceOneModel<BsonDocument> replace ->
                replace.getReplacement()
                        .append(
                                FieldNames.FLYWATCH,
                                new BsonDocument(
                                        PARENT,
                                        parent.orElseGet(() -> moved == null ? BsonNull.VALUE : parentOf(moved))));
            case UpdateOneModel<BsonDocument> update
            when parent.isPresent() -> set(update).append(PARENT_PATH, parent.get());
            default -> {}
        }
        return model;
    }

    /** The fields of a family's documents that are no columns of their rows. */
    static List<String> arrays(Family family) {
        return family instanceof Family.Parent parent
                ? parent.arrays().stream().map(EmbeddedArray::name).toList()
                : List.of();
    }

    /** The fields of documents with arrays that their rows say nothing of. */
    static List<String> notOfTheRow(Family family) {
        List<String> fields = new ArrayList<>(arrays(family));
        if (!fields.isEmpty()) {
            fields.add(FieldNames.FLYWATCH);
        }
        return fields;
    }

    /** The parent that a document says. */
    static BsonValue parentOf(BsonDocument child) {
        return child.getDocument(FieldNames.FLYWATCH, new BsonDocument()).get(PARENT, BsonNull.VALUE);
    }

    private static BsonDocument set(UpdateOneModel<BsonDocument> update) {
        return ((BsonDocument) java.util.Objects.requireNonNull(update.getUpdate())).getDocument("$set");
    }

    /** The columns alone are written: the arrays are not the row's. */
    private static WriteModel<BsonDocument> parent(Family.Parent parent, WriteModel<BsonDocument> model) {
        return switch (model) {
            case ReplaceOneModel<BsonDocument> replace -> {
                BsonDocument fields = replace.getReplacement();
                fields.remove(Documents.ID);
                BsonDocument update = new BsonDocument(ON_INSERT, initial(parent));
                yield new UpdateOneModel<>(
                        replace.getFilter(),
                        fields.isEmpty() ? update : update.append("$set", fields),
                        new UpdateOptions().upsert(true));
            }
            case UpdateOneModel<BsonDocument> patch -> {
                BsonDocument update = (BsonDocument) java.util.Objects.requireNonNull(patch.getUpdate());
                BsonDocument onInsert = initial(parent);
                onInsert.putAll(update.getDocument(ON_INSERT, new BsonDocument()));
                update.put(ON_INSERT, onInsert);
                yield patch;
            }
            default -> model;
        };
    }

    private static BsonDocument initial(Family.Parent parent) {
        BsonDocument initial = new BsonDocument();
        BsonDocument bytes = new BsonDocument();
        for (EmbeddedArray array : parent.arrays()) {
            initial.put(array.name(), new BsonArray());
            bytes.put(array.name(), new BsonInt64(0));
        }
        return initial.append(FieldNames.FLYWATCH, new BsonDocument(TOKEN, newToken()).append(BYTES, bytes));
    }

    /** An element of the document that keeps it. */
    static BsonDocument element(EmbeddedArray array, BsonDocument child) {
        BsonDocument element = child.clone();
        element.remove(Documents.ID);
        element.remove(FieldNames.FLYWATCH);
        array.omitted().forEach(column -> element.remove(FieldNames.column(column)));
        return element;
    }
}

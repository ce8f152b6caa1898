package io.flywatch.cdc.adapter.mongo;

import io.flywatch.cdc.embed.EmbeddedArray;
import io.flywatch.cdc.position.PartitionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Arrays that a partition's changes make stale, as a document of {@code flywatch_stale_arrays}: it is written with the rows, and goes once
 * the arrays have been refreshed, so that a kill in between is made good by whoever takes the partition next.
 *
 * @param ids of the documents that have them
 * @param all whether every array that has an element is stale
 */
record StaleArrays(List<EmbeddedArray> arrays, Set<DocumentId> ids, boolean all) {
    static final String COLLECTION = "flywatch_stale_arrays";

    private static final String ARRAYS = "arrays";
    private static final String IDS = "ids";
    private static final String ALL = "all";
    private static final String PARENTS = "parents";
    private static final String CHILDREN = "children";
    private static final String NAME = "name";
    private static final String OMITTED = "omitted";

    static StaleArrays none(List<EmbeddedArray> arrays) {
        return new StaleArrays(arrays, Set.of(), false);
    }

    boolean isEmpty() {
        return ids.isEmpty() && !all;
    }

    StaleArrays plus(StaleArrays more) {
        Set<DocumentId> both = new LinkedHashSet<>(ids);
        both.addAll(more.ids);
        return new StaleArrays(more.arrays, both, all || more.all);
    }

    /** By the epoch, so that a late replica does not take away what the one after it has to do. */
    static BsonDocument id(PartitionId id, long epoch) {
        return PositionDocuments.id(id).append(PositionDocuments.EPOCH, new BsonInt64(epoch));
    }

    static BsonDocument ofPartition(PartitionId id) {
        return new BsonDocument("_id.pipeline", new BsonString(id.pipeline()))
                .append("_id.topic", new BsonString(id.topic()))
                .append("_id.partition", PositionDocuments.id(id).get("partition"));
    }

    BsonDocument document(BsonDocument id) {
        BsonArray values = new BsonArray();
        ids.forEach(one -> values.add(one.value()));
        BsonArray described = new BsonArray();
        arrays.forEach(array -> described.add(document(array)));
        return new BsonDocument(Documents.ID, id)
                .append(ARRAYS, described)
                .append(IDS, values)
                .append(ALL, BsonBoolean.valueOf(all));
    }

    private static BsonDocument document(EmbeddedArray array) {
        BsonArray omitted = new BsonArray();
        array.omitted().forEach(column -> omitted.add(new BsonString(column)));
        return new BsonDocument(PARENTS, new BsonString(array.parents()))
                .append(CHILDREN, new BsonString(array.children()))
                .append(NAME, new BsonString(array.name()))
                .append(OMITTED, omitted);
    }

    static StaleArrays read(BsonDocument document) {
        Set<DocumentId> ids = new LinkedHashSet<>();
        document.getArray(IDS).forEach(id -> ids.add(new DocumentId(id)));
        List<EmbeddedArray> arrays = document.getArray(ARRAYS).stream()
                .map(BsonValue::asDocument)
                .map(array -> new EmbeddedArray(
                        array.getString(PARENTS).getValue(),
                        array.getString(CHILDREN).getValue(),
                        array.getString(NAME).getValue(),
                        texts(array.getArray(OMITTED))))
                .toList();
        return new StaleArrays(arrays, ids, document.getBoolean(ALL).getValue());
    }

    private static List<String> texts(Collection<BsonValue> values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.asString().getValue()));
        return texts;
    }
}

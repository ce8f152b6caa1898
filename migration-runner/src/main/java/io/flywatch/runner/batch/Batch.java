package io.flywatch.runner.batch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Documents that are changed together.
 *
 * @param number its place among the batches of its step, from 0
 * @param after the range begins after this id; null if with the type's first
 * @param last the range ends with this id
 * @param ids the documents that are changed, as far as that is known
 * @param of the batch into whose range these documents came after it was done; null for a batch of the walk
 */
public record Batch(
        long number,
        @Nullable BsonValue after,
        BsonValue last,
        List<BsonValue> ids,
        @Nullable Long of) {
    public Batch {
        ids = List.copyOf(ids);
    }

    /** A batch of these documents, which are in order. */
    public static Batch of(long number, @Nullable BsonValue after, List<BsonValue> ids, @Nullable Long of) {
        return new Batch(number, after, ids.getLast(), ids, of);
    }

    /** The same, with the documents that were changed in the end. */
    public Batch with(List<BsonValue> changed) {
        return new Batch(number, after, last, changed, of);
    }

    /** Whether it moves the walk on. */
    public boolean isWalk() {
        return of == null;
    }

    /** The type of its ids. */
    public IdType type() {
        return IdType.of(last);
    }

    /** Finds all documents of the range, those too that came later. */
    public BsonDocument range() {
        if (type().all().getDocument("_id").containsKey("$eq")) {
            return type().all();
        }
        BsonDocument from = after == null ? type().all() : type().after(after);
        from.getDocument("_id").append("$lte", last);
        return from;
    }

    /** Finds its documents and no other. */
    public BsonDocument own() {
        return in(ids);
    }

    /** Finds the documents of these ids. */
    public static BsonDocument in(List<BsonValue> ids) {
        return new BsonDocument("_id", new BsonDocument("$in", new BsonArray(ids)));
    }

    /** The same batches, in groups of which each batch begins where the one before it ends. */
    public static List<List<Batch>> joining(List<Batch> batches) {
        List<List<Batch>> groups = new ArrayList<>();
        Batch before = null;
        for (Batch batch : batches) {
            if (before == null
                    || batch.type() != before.type()
                    || !before.last().equals(batch.after())) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(batch);
            before = batch;
        }
        return groups;
    }

    /** One batch of all that join each other. */
    public static Batch join(List<Batch> joining) {
        List<BsonValue> ids = joining.stream().flatMap(it -> it.ids().stream()).toList();
        Batch first = joining.getFirst();
        return new Batch(first.number(), first.after(), joining.getLast().last(), ids, null);
    }

    /** Those of the candidates that are in none of the batches. */
    public static List<BsonValue> late(List<BsonValue> candidates, List<Batch> batches) {
        Set<Object> known = new HashSet<>();
        batches.forEach(batch -> batch.ids().forEach(id -> known.add(Exact.of(id))));
        return candidates.stream().filter(it -> !known.contains(Exact.of(it))).toList();
    }
}

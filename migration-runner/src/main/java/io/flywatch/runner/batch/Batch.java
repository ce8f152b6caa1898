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
 * Documents that are changed together: exactly these and no other.
 *
 * @param number its place among the batches of its step, from 0
 * @param after the range begins after this id; null if with the type's first
 * @param ids the documents, in order; the last is the end of the range
 * @param of the batch into whose range these documents were inserted after it was done; null for a batch of the first pass
 */
public record Batch(
        long number,
        @Nullable BsonValue after,
        List<BsonValue> ids,
        @Nullable Long of) {
    public Batch {
        ids = List.copyOf(ids);
        if (ids.isEmpty()) {
            throw new IllegalArgumentException("a batch has documents");
        }
    }

    /** Where the next batch begins. */
    public BsonValue last() {
        return ids.getLast();
    }

    /** Whether it moves the walk on. */
    public boolean isWalk() {
        return of == null;
    }

    /** The type of its ids. */
    public IdType type() {
        return IdType.of(last());
    }

    /** Finds all documents of the range, those too that came later. */
    public BsonDocument range() {
        BsonDocument from = after == null ? type().all() : type().after(after);
        if (type().all().getDocument("_id").containsKey("$eq")) {
            return type().all();
        }
        from.getDocument("_id").append("$lte", last());
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

    /** Those of the candidates that are in none of the batches. */
    public static List<BsonValue> late(List<BsonValue> candidates, List<Batch> batches) {
        Set<BsonValue> known = new HashSet<>();
        batches.forEach(it -> known.addAll(it.ids()));
        return new ArrayList<>(
                candidates.stream().filter(it -> !known.contains(it)).toList());
    }
}

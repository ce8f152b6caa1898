package io.flywatch.runner.batch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The part of all ids that one worker walks. A collection is cut within one type of ids, as values of different types are not compared;
 * the first lane has all types before it, too, and the last one all types after it.
 *
 * @param number its place among the lanes, from 0
 * @param of how many lanes there are
 * @param type the type that is cut; null for the one lane that has everything
 * @param after it begins after this id of that type; null for its first
 * @param upto it ends with this id of that type; null for its last
 */
public record Lane(
        int number,
        int of,
        @Nullable IdType type,
        @Nullable BsonValue after,
        @Nullable BsonValue upto) {

    /** Everything. */
    public static final Lane WHOLE = new Lane(0, 1, null, null, null);

    /** Whether ids of that type are in it. */
    public boolean has(IdType asked) {
        if (type == null || type == asked) {
            return true;
        }
        return asked.compareTo(type) < 0 ? number == 0 : number == of - 1;
    }

    /** After which id of that type it goes on; null for the type's first. */
    public @Nullable BsonValue from(IdType asked, @Nullable BsonValue cursor) {
        return cursor != null || asked != type ? cursor : after;
    }

    /** Finds its ids of that type, those after one of them alone if one is given. */
    public BsonDocument range(IdType asked, @Nullable BsonValue cursor) {
        BsonValue from = from(asked, cursor);
        BsonDocument range = from == null ? asked.all() : asked.after(from);
        if (asked == type && upto != null) {
            range.getDocument("_id").append("$lte", upto);
        }
        return range;
    }

    /**
     * Cuts so that about equally many of the sample come into each lane.
     *
     * @param sample in MongoDB's order
     */
    public static List<Lane> cut(List<BsonValue> sample, int lanes) {
        Map<IdType, List<BsonValue>> byType = new LinkedHashMap<>();
        sample.forEach(it ->
                byType.computeIfAbsent(IdType.of(it), type -> new ArrayList<>()).add(it));
        List<BsonValue> most = byType.values().stream()
                .max(Comparator.comparingInt(Collection::size))
                .orElse(List.of());
        List<BsonValue> cuts = new ArrayList<>();
        for (int i = 1; i < lanes && !most.isEmpty(); i++) {
            BsonValue cut = most.get((int) ((long) most.size() * i / lanes));
            if (cuts.isEmpty() || !cuts.getLast().equals(cut)) {
                cuts.add(cut);
            }
        }
        if (cuts.isEmpty() || !IdType.of(cuts.getFirst()).isRange()) {
            return List.of(WHOLE);
        }
        List<Lane> cutLanes = new ArrayList<>();
        for (int i = 0; i <= cuts.size(); i++) {
            cutLanes.add(new Lane(
                    i,
                    cuts.size() + 1,
                    IdType.of(cuts.getFirst()),
                    i == 0 ? null : cuts.get(i - 1),
                    i == cuts.size() ? null : cuts.get(i)));
        }
        return cutLanes;
    }

    /** As it is kept. */
    public BsonDocument kept() {
        BsonDocument kept = new BsonDocument("number", new BsonInt32(number)).append("of", new BsonInt32(of));
        if (type != null) {
            kept.append("type", new BsonString(type.name()));
        }
        if (after != null) {
            kept.append("after", after);
        }
        if (upto != null) {
            kept.append("upto", upto);
        }
        return kept;
    }

    /** From what was kept. */
    public static Lane of(BsonDocument kept) {
        return new Lane(
                kept.getInt32("number").getValue(),
                kept.getInt32("of").getValue(),
                kept.containsKey("type") ? IdType.valueOf(kept.getString("type").getValue()) : null,
                kept.get("after"),
                kept.get("upto"));
    }
}

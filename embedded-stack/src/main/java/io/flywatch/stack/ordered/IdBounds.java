package io.flywatch.stack.ordered;

import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Between which ids all documents lie that a query can match. It may be wider than the query, never narrower.
 *
 * @param from the least id; null if there is none
 * @param upto the greatest id; null if there is none
 * @param among the only ones, in order; null if there are others
 */
record IdBounds(
        @Nullable Object from,
        @Nullable Object upto,
        @Nullable TreeSet<Object> among) {
    private static final IdBounds NONE = new IdBounds(null, null, null);

    static IdBounds of(Document query) {
        IdBounds bounds = NONE;
        if (query.containsKey("_id")) {
            bounds = bounds.and(condition(query.get("_id")));
        }
        if (query.get("$and") instanceof Collection<?> all) {
            for (Object each : all) {
                if (each instanceof Document part) {
                    bounds = bounds.and(of(part));
                }
            }
        }
        return bounds;
    }

    private static IdBounds condition(@Nullable Object id) {
        if (id == null || isPattern(id)) {
            return NONE;
        }
        if (!(id instanceof Document operators) || operators.keySet().stream().noneMatch(it -> it.startsWith("$"))) {
            return hasPlace(id) ? new IdBounds(id, id, null) : NONE;
        }
        IdBounds bounds = NONE;
        for (String operator : operators.keySet()) {
            Object value = operators.get(operator);
            if (!operator.equals("$in") && !hasPlace(value)) {
                continue;
            }
            bounds = bounds.and(
                    switch (operator) {
                        case "$gt", "$gte" -> new IdBounds(value, null, null);
                        case "$lt", "$lte" -> new IdBounds(null, value, null);
                        case "$in" -> new IdBounds(null, null, ordered(value));
                        default -> NONE;
                    });
        }
        return bounds;
    }

    private static @Nullable TreeSet<Object> ordered(@Nullable Object values) {
        // A pattern in the list stands for more than itself, and some types can't be ordered here.
        if (!(values instanceof Collection<?> all) || all.stream().anyMatch(it -> isPattern(it) || !hasPlace(it))) {
            return null;
        }
        TreeSet<Object> ordered = new TreeSet<>(ValueComparator.asc());
        ordered.addAll(all);
        return ordered;
    }

    /** Whether the server behind can compare it with other types. */
    private static boolean hasPlace(@Nullable Object value) {
        if (value == null) {
            return false;
        }
        try {
            ValueComparator.asc().compare(value, "");
            ValueComparator.asc().compare(value, 0);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static boolean isPattern(@Nullable Object value) {
        return BsonRegularExpression.isRegularExpression(value);
    }

    boolean isEmpty() {
        return from == null && upto == null && among == null;
    }

    private IdBounds and(IdBounds other) {
        return new IdBounds(
                other.from == null ? from : other.from,
                other.upto == null ? upto : other.upto,
                other.among == null ? among : other.among);
    }

    /** The positions within these bounds, in the map's order, which may be descending. */
    Stream<Integer> in(NavigableMap<Object, Integer> byId) {
        if (among != null) {
            boolean ascending = byId.comparator() == ValueComparator.asc();
            return (ascending ? among : among.descendingSet())
                    .stream().map(byId::get).filter(Objects::nonNull);
        }
        Object first = byId.comparator() == ValueComparator.asc() ? from : upto;
        Object last = byId.comparator() == ValueComparator.asc() ? upto : from;
        NavigableMap<Object, Integer> rest = first == null ? byId : byId.tailMap(first, true);
        if (last == null) {
            return rest.values().stream();
        }
        // A range that ends before it begins has nothing, and is no map.
        return Objects.requireNonNull(byId.comparator()).compare(first == null ? last : first, last) > 0
                ? Stream.empty()
                : rest.headMap(last, true).values().stream();
    }
}

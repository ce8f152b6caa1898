package io.flywatch.runner.adapter.mongo;

import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.step.CreateCollection;
import io.flywatch.runner.step.CreateIndex;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Compares what is declared with what a server lists, which has it in a form of its own. */
final class SameAs {
    private static final long LEAST_SIZE = 4_096;
    private static final long SIZE_STEP = 256;

    /** What makes a collection one that other steps can't work with as they expect. */
    private static final List<String> KINDS = List.of("viewOn", "timeseries", "capped", "clusteredIndex", "collation");

    /** Options of the command, which no collection keeps. */
    private static final Set<String> OF_THE_COMMAND = Set.of("writeConcern", "comment");

    /** Options of an index that servers take and don't keep, or keep in another form. */
    private static final Set<String> NOT_KEPT = Set.of("background", "dropDups", "wildcardProjection", "storageEngine");

    /** Servers add nothing inside of these: there, more is something else. */
    private static final Set<String> EXACT = Set.of("validator", "partialFilterExpression");

    private static final BsonDocument SIMPLE = new BsonDocument("locale", new BsonString("simple"));

    private SameAs() {}

    /** Throws if a collection, as the server lists it, is another one than is asked for. */
    static void check(CreateCollection step, BsonDocument there) {
        String what = "collection " + step.collection();
        BsonDocument options = there.getDocument("options", new BsonDocument());
        for (String kind : KINDS) {
            BsonValue actual = options.get(kind);
            boolean isSet = actual != null
                    && !(actual.isBoolean() && !actual.asBoolean().getValue());
            if (isSet && !step.options().containsKey(kind)) {
                throw other(what, "its %s is %s, which is not declared".formatted(kind, actual));
            }
        }
        // Some servers don't tell the options that a collection was made with.
        if (!options.isEmpty()) {
            BsonDocument asked = step.options().clone();
            asked.keySet().removeAll(OF_THE_COMMAND);
            if (isRounded(asked.get("size"), options.get("size"))) {
                asked.remove("size");
            }
            compare(what, asked, options);
        }
    }

    /** Servers before 6.2 round the size of a capped collection up: to 4,096 bytes at least, and to a multiple of 256. */
    private static boolean isRounded(@Nullable BsonValue asked, @Nullable BsonValue there) {
        if (asked == null || !asked.isNumber() || there == null || !there.isNumber()) {
            return false;
        }
        long size = asked.asNumber().longValue();
        long rounded = Math.max(LEAST_SIZE, (size + SIZE_STEP - 1) / SIZE_STEP * SIZE_STEP);
        return there.asNumber().longValue() == rounded;
    }

    /** Throws if an index, as the server lists it, is another one than is asked for. */
    static void check(CreateIndex step, BsonDocument there) {
        String what = "index " + step.collection() + "." + step.indexName();
        // The keys of a text index are listed in the server's own form: whether it is the same, the server itself
        // decides.
        BsonDocument keys = there.getDocument("key");
        if (!keys.containsKey("_fts") && !sameKeys(keys, step.keys())) {
            throw other(what, "its keys are " + keys.toJson());
        }
        BsonDocument asked = step.options().clone();
        asked.keySet().removeAll(NOT_KEPT);
        compare(what, asked, there);
    }

    private static boolean sameKeys(BsonDocument there, BsonDocument asked) {
        List<Map.Entry<String, BsonValue>> mine = List.copyOf(there.entrySet());
        List<Map.Entry<String, BsonValue>> theirs = List.copyOf(asked.entrySet());
        if (mine.size() != theirs.size()) {
            return false;
        }
        for (int i = 0; i < mine.size(); i++) {
            if (!mine.get(i).getKey().equals(theirs.get(i).getKey())
                    || !same(mine.get(i).getValue(), theirs.get(i).getValue())) {
                return false;
            }
        }
        return true;
    }

    private static void compare(String what, BsonDocument asked, BsonDocument there) {
        asked.forEach((key, value) -> {
            BsonValue actual = there.get(key);
            boolean isSame = actual == null
                    ? isDefault(value)
                    : same(actual, value) && (!EXACT.contains(key) || same(value, actual));
            if (!isSame) {
                throw other(
                        what, "its " + key + " is " + (actual == null ? "not set" : actual) + " instead of " + value);
            }
        });
    }

    /** What servers don't list. */
    private static boolean isDefault(BsonValue value) {
        return value.isBoolean() && !value.asBoolean().getValue() || value.equals(SIMPLE);
    }

    /** Numbers of different widths are the same number; servers add defaults inside of documents, so what is asked must be in. */
    private static boolean same(BsonValue actual, BsonValue asked) {
        if (actual.isNumber() && asked.isNumber()) {
            return actual.asNumber().doubleValue() == asked.asNumber().doubleValue();
        }
        if (actual.isDocument() && asked.isDocument()) {
            return asked.asDocument().entrySet().stream().allMatch(it -> {
                BsonValue value = actual.asDocument().get(it.getKey());
                return value != null && same(value, it.getValue());
            });
        }
        return actual.equals(asked);
    }

    private static RunFailure other(String what, String difference) {
        return new RunFailure(
                FailureType.REFUSED,
                "The %s is there already, with another definition: %s. Drop it, or declare it as it is."
                        .formatted(what, difference));
    }
}

package io.flywatch.runner.step;

import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Writes what an aggregation computes into a collection; the last stage is {@code $merge} or {@code $out}.
 *
 * @param collection the collection that is read
 * @param repeatable whether it may run again when it is not known whether it took effect, although it can't be seen from the pipeline
 */
public record Aggregate(String name, String collection, List<BsonDocument> pipeline, boolean repeatable)
        implements Step {
    private static final List<String> SAFE = List.of("replace", "keepExisting", "merge");

    public Aggregate {
        pipeline = List.copyOf(pipeline);
    }

    @Override
    public BsonDocument content() {
        return new BsonDocument("aggregate", new BsonString(collection)).append("pipeline", new BsonArray(pipeline));
    }

    /**
     * Whether running it twice has the same effect as once, as far as can be seen: it doesn't write where it reads, doesn't count on what
     * is there, and finds by the same fields what it wrote before.
     */
    public boolean isRepeatable() {
        return repeatable || !writesWhereItReads() && (!isMerge() || isMergeSafe());
    }

    /** Whether it adds to a collection document by document, instead of replacing all of it in the end. */
    public boolean isMerge() {
        return !pipeline.isEmpty() && pipeline.getLast().containsKey("$merge");
    }

    /** The collection that is written; empty if it is in another form than MongoDB's own. */
    public String into() {
        BsonDocument last = pipeline.isEmpty() ? new BsonDocument() : pipeline.getLast();
        BsonValue target = last.containsKey("$out") ? last.get("$out") : last.get("$merge");
        if (target != null && target.isDocument()) {
            target = last.containsKey("$out")
                    ? target.asDocument().get("coll")
                    : target.asDocument().get("into");
        }
        if (target != null && target.isDocument()) {
            target = target.asDocument().get("coll");
        }
        return target != null && target.isString() ? target.asString().getValue() : "";
    }

    private boolean writesWhereItReads() {
        String into = into();
        return into.equals(collection)
                || pipeline.stream()
                        .limit(pipeline.size() - 1L)
                        .anyMatch(it -> it.toJson().contains("\"" + into + "\""));
    }

    private boolean isMergeSafe() {
        BsonValue merge = pipeline.getLast().getOrDefault("$merge", BsonNull.VALUE);
        boolean byOthers = merge.isDocument() && merge.asDocument().containsKey("on");
        if (pipeline.stream().anyMatch(it -> it.containsKey("$sample")) || !byOthers && Ids.mayLack(pipeline)) {
            return false;
        }
        if (!merge.isDocument()) {
            return true;
        }
        BsonValue matched = merge.asDocument().get("whenMatched", new BsonString("merge"));
        BsonValue not = merge.asDocument().get("whenNotMatched", new BsonString("insert"));
        return matched.isString() && SAFE.contains(matched.asString().getValue()) && not.isString();
    }
}

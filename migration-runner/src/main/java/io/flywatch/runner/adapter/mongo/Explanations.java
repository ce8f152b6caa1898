package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/** Asks the server how it would find documents. */
final class Explanations {
    private final MongoDatabase database;
    private boolean canExplain = true;

    Explanations(MongoDatabase database) {
        this.database = database;
    }

    /** What a person should know of the answers. */
    List<String> remarks() {
        return canExplain
                ? List.of()
                : List.of(
                        "This server does not explain how it finds documents, so it is not known which index serves a filter.");
    }

    /** The index that serves the filter; empty, with a warning, if it is none. */
    Optional<String> index(String collection, BsonDocument filter, List<String> warnings) {
        if (filter.isEmpty()) {
            // The walk itself goes by this index.
            return Optional.of("_id_");
        }
        if (!canExplain) {
            return Optional.empty();
        }
        try {
            BsonDocument find = new BsonDocument("find", new BsonString(collection)).append("filter", filter);
            BsonDocument answer = database.runCommand(
                    new BsonDocument("explain", find).append("verbosity", new BsonString("queryPlanner")),
                    BsonDocument.class);
            return found(collection, answer, warnings);
        } catch (MongoException e) {
            if (Trouble.isPassing(e)) {
                throw e;
            }
            canExplain = e.getCode() != 59 && !String.valueOf(e.getMessage()).contains("no such c");
            if (canExplain) {
                warnings.add("The server refuses the filter: " + Trouble.told(e) + ".");
            }
            return Optional.empty();
        }
    }

    /** Looks at the winning plans alone; those of all shards, where there are several. */
    static Optional<String> found(String collection, BsonDocument answer, List<String> warnings) {
        List<BsonDocument> stages = new ArrayList<>();
        collect(answer, false, stages);
        if (stages.stream().anyMatch(it -> stage(it).equals("COLLSCAN"))) {
            warnings.add("No index serves the filter: all of " + collection
                    + " is scanned. Create one first, if it is large.");
            return Optional.empty();
        }
        return stages.stream()
                .map(it -> it.isString("indexName")
                        ? it.getString("indexName").getValue()
                        : isById(stage(it)) ? "_id_" : "")
                .filter(it -> !it.isEmpty())
                .findFirst();
    }

    private static boolean isById(String stage) {
        return stage.equals("IDHACK") || stage.equals("EXPRESS_IXSCAN") || stage.equals("CLUSTERED_IXSCAN");
    }

    private static String stage(BsonDocument plan) {
        return plan.isString("stage") ? plan.getString("stage").getValue() : "";
    }

    private static void collect(BsonValue value, boolean inWinner, List<BsonDocument> stages) {
        if (value.isArray()) {
            value.asArray().forEach(it -> collect(it, inWinner, stages));
        } else if (value.isDocument()) {
            if (inWinner && value.asDocument().isString("stage")) {
                stages.add(value.asDocument());
            }
            value.asDocument().forEach((key, child) -> {
                if (!key.equals("rejectedPlans")) {
                    collect(child, inWinner || key.equals("winningPlan"), stages);
                }
            });
        }
    }
}

package io.flywatch.runner.adapter.mongo;

import com.mongodb.client.MongoDatabase;
import io.flywatch.runner.step.Aggregate;
import io.flywatch.runner.step.Batched;
import io.flywatch.runner.step.CreateCollection;
import io.flywatch.runner.step.CreateIndex;
import io.flywatch.runner.step.DropCollection;
import io.flywatch.runner.step.DropIndex;
import io.flywatch.runner.step.Expect;
import io.flywatch.runner.step.Insert;
import io.flywatch.runner.step.JavaStep;
import io.flywatch.runner.step.RenameCollection;
import io.flywatch.runner.step.RunCommand;
import io.flywatch.runner.step.SetValidator;
import io.flywatch.runner.step.Step;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * What stands under the names of a database, and which steps it does not take.
 *
 * @param database its name
 * @param listed what the server's {@code listCollections} tells, by name
 */
record Grounds(String database, Map<String, BsonDocument> listed) {
    private static final Set<String> OF_THE_SERVER = Set.of("admin", "config", "local");
    private static final Set<String> OF_FLYWATCH = Set.of(Books.LEDGER, Books.LEASE, Books.CHECKPOINT, Books.BATCH);

    /** Asks the server. */
    static Grounds of(MongoDatabase database) {
        Map<String, BsonDocument> listed = new HashMap<>();
        database.listCollections(BsonDocument.class)
                .forEach(it -> listed.put(it.getString("name").getValue(), it));
        return new Grounds(database.getName(), listed);
    }

    /** Why a step can't be done, and what to do instead; empty if nothing is known to stand in its way. */
    Optional<String> obstacle(Step step) {
        return switch (step) {
            case Batched it ->
                ofTheServer().or(() -> reserved(it.collection())).or(() -> unchangeable(it.collection()));
            case Insert it -> reserved(it.collection()).or(() -> view(it.collection(), "takes no documents"));
            case CreateIndex it -> reserved(it.collection()).or(() -> view(it.collection(), "has no indexes"));
            case DropIndex it -> view(it.collection(), "has no indexes");
            case SetValidator it -> reserved(it.collection()).or(() -> unrestrictable(it.collection()));
            case RenameCollection it -> reserved(it.collection()).or(() -> unnamable(it.collection()));
            case DropCollection it -> reserved(it.collection());
            case Aggregate it -> into(it);
            case CreateCollection it -> Optional.empty();
            case Expect it -> Optional.empty();
            case RunCommand it -> Optional.empty();
            case JavaStep it -> Optional.empty();
        };
    }

    private Optional<String> ofTheServer() {
        return OF_THE_SERVER.contains(database)
                ? Optional.of(
                        "the database %s is the server's own and has no transactions. Name another one in the migration's database"
                                .formatted(database))
                : Optional.empty();
    }

    private static Optional<String> reserved(String name) {
        if (name.startsWith("system.")) {
            return Optional.of(
                    "%s is a collection of the server's own, which no step changes. Use the server's commands for what it holds"
                            .formatted(name));
        }
        return OF_FLYWATCH.contains(name)
                ? Optional.of(
                        "%s is where Flywatch keeps how far the migration is. Name another collection".formatted(name))
                : Optional.empty();
    }

    private Optional<String> unchangeable(String name) {
        return view(name, "has no documents of its own")
                .or(
                        () -> timeSeries(
                                name,
                                "its measurements can't be changed batch by batch: MongoDB updates only their metaField, and neither in transactions. Compute them anew with an aggregate step whose $out has a timeseries, or send a single update or delete with runCommand"))
                .or(() -> capped(name));
    }

    private Optional<String> unrestrictable(String name) {
        return view(name, "has no documents to be checked")
                .or(() -> timeSeries(name, "it takes no validator. Drop the step"));
    }

    private Optional<String> unnamable(String name) {
        return view(name, "can't be renamed; drop it and create it under the new name")
                .or(() -> timeSeries(name, "it can't be renamed. Write it anew with an aggregate step and $out"));
    }

    private Optional<String> into(Aggregate step) {
        Optional<String> by = reserved(step.into()).or(() -> view(step.into(), "takes no documents"));
        return step.isMerge()
                ? by.or(() -> timeSeries(step.into(), "$merge can't write into it. Use $out with a timeseries"))
                : by.or(() -> isCapped(step.into())
                        ? Optional.of("%s is capped, and $out can't replace it. Write into another collection"
                                .formatted(step.into()))
                        : Optional.empty());
    }

    private Optional<String> view(String name, String why) {
        return isOf(name, "view")
                ? Optional.of("%s is a view of %s and %s. Name %2$s, if that is meant"
                        .formatted(
                                name,
                                options(name)
                                        .getString("viewOn", new BsonString("another collection"))
                                        .getValue(),
                                why))
                : Optional.empty();
    }

    private Optional<String> timeSeries(String name, String why) {
        return isOf(name, "timeseries")
                ? Optional.of("%s is a time-series collection: %s".formatted(name, why))
                : Optional.empty();
    }

    private Optional<String> capped(String name) {
        return isCapped(name)
                ? Optional.of(
                        "%s is capped: MongoDB changes no document of it in a transaction. Copy it with an aggregate step and $out, change the copy, and rename it"
                                .formatted(name))
                : Optional.empty();
    }

    private boolean isCapped(String name) {
        return options(name).getBoolean("capped", BsonBoolean.FALSE).getValue();
    }

    private boolean isOf(String name, String type) {
        BsonDocument there = listed.get(name);
        return there != null
                && there.getString("type", new BsonString("collection"))
                        .getValue()
                        .equals(type);
    }

    private BsonDocument options(String name) {
        return listed.getOrDefault(name, new BsonDocument()).getDocument("options", new BsonDocument());
    }
}

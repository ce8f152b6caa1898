package io.flywatch.cdc.adapter.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoDatabase;
import io.flywatch.cdc.change.Bson;
import io.flywatch.cdc.change.DocumentDecoder;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/**
 * Whether rows can be kept in a collection at all. What can't is refused before anything is written, and looked at again as long as
 * it is so: a person has to mend it.
 */
final class CollectionFitness {
    /** Text that no collation holds equal to another of its kind. */
    private static final Predicate<String> PLAIN =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").asMatchPredicate();

    private static final int UNAUTHORIZED = 13;

    private final Function<String, Optional<BsonDocument>> told;
    private final Map<String, Traits> fit = new ConcurrentHashMap<>();

    /** Of a collection that is there, as long as nothing goes wrong with it. */
    private record Traits(String collation) {}

    /** The collection can't take the rows until a person mends it. */
    static final class UnfitException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnfitException(String reason) {
            super(reason, null, false, false);
        }
    }

    CollectionFitness(MongoDatabase database) {
        this(name -> told(database, name));
    }

    /**
     * A check.
     *
     * @param told what {@code listCollections} says of a collection; empty if there is none
     */
    CollectionFitness(Function<String, Optional<BsonDocument>> told) {
        this.told = told;
    }

    /** A user that may write and not ask is believed to have a collection that is fit. */
    private static Optional<BsonDocument> told(MongoDatabase database, String name) {
        BsonDocument answer;
        try {
            answer = database.runCommand(
                    new BsonDocument("listCollections", new BsonInt32(1))
                            .append("filter", new BsonDocument("name", new BsonString(name))),
                    BsonDocument.class);
        } catch (MongoCommandException e) {
            if (e.getErrorCode() == UNAUTHORIZED) {
                return Optional.empty();
            }
            throw e;
        }
        BsonArray found = answer.getDocument("cursor").getArray("firstBatch");
        return found.stream()
                .map(each -> each.asDocument())
                .filter(each -> each.getString("name").getValue().equals(name))
                .findFirst();
    }

    /** Something went wrong: somebody may have made a collection anew. */
    void forget() {
        fit.clear();
    }

    /** Throws if rows of these keys can't be kept in the collection. */
    void check(String collection, Stream<Key> keys) {
        Traits traits = fit.computeIfAbsent(
                collection,
                name -> told.apply(name).map(found -> traits(name, found)).orElse(new Traits("")));
        if (!traits.collation().isEmpty() && keys.anyMatch(CollectionFitness::isText)) {
            fit.remove(collection);
            throw new UnfitException("the target's collection " + collection + " has the default collation "
                    + traits.collation()
                    + ", under which different keys of the source may be equal, as a and A are: a change of"
                    + " one would meet the other. Make the collection anew without a collation (and give it to the indexes and"
                    + " queries that want it), or name another collection in target.mapping");
        }
    }

    /** Throws if two columns would be one field, of which the later one would win in silence. */
    static void check(Shape shape) {
        if (!DocumentDecoder.areDocuments(shape)) {
            Fields.clash(shape.names()).ifPresent(clash -> {
                throw new UnfitException(clash);
            });
        }
    }

    private static boolean isText(Key key) {
        return key.values().stream().anyMatch(CollectionFitness::isText);
    }

    private static boolean isText(Object value) {
        return switch (value) {
            case String text -> !PLAIN.test(text);
            case List<?> list -> list.stream().anyMatch(element -> element != null && isText(element));
            case Bson id -> isTextual(id.json());
            default -> false;
        };
    }

    /** An id in Extended JSON: a text, or a document that may hold one. */
    private static boolean isTextual(String json) {
        return json.startsWith("\"") || (json.startsWith("{") && !json.startsWith("{\"$"));
    }

    private static Traits traits(String name, BsonDocument found) {
        BsonDocument options = found.getDocument("options", new BsonDocument());
        String type = found.getString("type", new BsonString("collection")).getValue();
        if (type.equals("view") || options.containsKey("viewOn")) {
            throw new UnfitException("the target's " + name + " is a view of "
                    + options.getString("viewOn", new BsonString("another collection"))
                            .getValue()
                    + ", and a view takes no writes: drop it, or name another collection in target.mapping");
        }
        if (type.equals("timeseries") || options.containsKey("timeseries")) {
            throw new UnfitException("the target's " + name
                    + " is a time-series collection, whose documents can't be changed one by one: move its data to a plain"
                    + " collection, or name another one in target.mapping");
        }
        if (options.getBoolean("capped", BsonBoolean.FALSE).getValue()) {
            throw new UnfitException("the target's " + name
                    + " is a capped collection, which throws its oldest documents away and takes no writes in"
                    + " transactions: copy it into a plain collection, or name another one in target.mapping");
        }
        return new Traits(collation(options));
    }

    private static String collation(BsonDocument options) {
        BsonDocument collation = options.getDocument("collation", new BsonDocument());
        String locale = collation.getString("locale", new BsonString("simple")).getValue();
        if (locale.equals("simple")) {
            return "";
        }
        return locale
                + (collation.containsKey("strength")
                        ? " of strength " + collation.getNumber("strength").intValue()
                        : "");
    }
}

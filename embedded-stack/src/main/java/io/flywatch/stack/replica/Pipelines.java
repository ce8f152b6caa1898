package io.flywatch.stack.replica;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

/** Updates by pipeline, computed by aggregations. */
final class Pipelines {
    private static final Set<String> ALLOWED =
            Set.of("$addFields", "$set", "$project", "$unset", "$replaceRoot", "$replaceWith");
    private static final Set<String> MAY_LOSE_THE_ID = Set.of("$project", "$replaceRoot", "$replaceWith");
    private static final int INVALID_OPTIONS = 72;
    private static final int IMMUTABLE_FIELD = 66;

    private final Backend backend;

    Pipelines(Backend backend) {
        this.backend = backend;
    }

    /** What the documents become, by their ids. */
    Map<BsonValue, Image> computed(String namespace, List<BsonDocument> documents, BsonArray stages) {
        boolean oneByOne = false;
        List<BsonValue> plain = new ArrayList<>();
        for (BsonValue stage : stages) {
            String name = stage.asDocument().getFirstKey();
            if (!ALLOWED.contains(name)) {
                throw new Refusal(INVALID_OPTIONS, name + " is not allowed to be used within an update");
            }
            oneByOne |= MAY_LOSE_THE_ID.contains(name);
            plain.add(plain(stage.asDocument()));
        }
        Map<BsonValue, Image> computed = new LinkedHashMap<>();
        if (oneByOne) {
            documents.forEach(it -> put(it, aggregate(namespace, List.of(it), plain), computed));
        } else {
            Map<BsonValue, BsonDocument> before = new LinkedHashMap<>();
            documents.forEach(it -> before.put(Ids.normal(Image.id(it)), it));
            aggregate(namespace, documents, plain).forEach(it -> {
                BsonDocument was = before.get(Ids.normal(Image.id(it.asDocument())));
                if (was == null) {
                    throw immutable();
                }
                put(was, List.of(it), computed);
            });
        }
        return computed;
    }

    private static void put(BsonDocument before, List<BsonValue> after, Map<BsonValue, Image> computed) {
        BsonDocument next = after.getFirst().asDocument();
        BsonValue id = Image.id(before);
        if (!next.containsKey("_id")) {
            BsonDocument complete = new BsonDocument("_id", id);
            complete.putAll(next);
            next = complete;
        } else if (!Ids.normal(Image.id(next)).equals(Ids.normal(id))) {
            throw immutable();
        }
        if (Sizes.of(next) > Sizes.LARGEST_DOCUMENT) {
            throw new Refusal(
                    Refusal.TOO_LARGE_AFTER_UPDATE,
                    "Resulting document after update is larger than " + Sizes.LARGEST_DOCUMENT);
        }
        computed.put(Ids.normal(id), new Image(next));
    }

    private static Refusal immutable() {
        return new Refusal(
                IMMUTABLE_FIELD, "Performing an update on the path '_id' would modify the immutable field '_id'");
    }

    private List<BsonValue> aggregate(String namespace, List<BsonDocument> documents, List<BsonValue> stages) {
        BsonArray pipeline = new BsonArray();
        pipeline.add(new BsonDocument(
                "$match", Backend.in(documents.stream().map(Image::id).toList())));
        pipeline.addAll(stages);
        int dot = namespace.indexOf('.');
        return backend.all(new BsonDocument("aggregate", new BsonString(namespace.substring(dot + 1)))
                .append("pipeline", pipeline)
                .append("cursor", new BsonDocument())
                .append("$db", new BsonString(namespace.substring(0, dot))));
    }

    /** The server behind knows the older names alone. */
    private static BsonDocument plain(BsonDocument stage) {
        BsonValue value = stage.values().iterator().next();
        return switch (stage.getFirstKey()) {
            case "$set" -> new BsonDocument("$addFields", value);
            case "$unset" -> new BsonDocument("$project", without(value));
            case "$replaceWith" -> new BsonDocument("$replaceRoot", new BsonDocument("newRoot", value));
            default -> stage;
        };
    }

    private static BsonDocument without(BsonValue fields) {
        BsonDocument without = new BsonDocument();
        List<BsonValue> names = fields.isArray() ? fields.asArray().getValues() : List.of(fields);
        names.forEach(it -> without.append(it.asString().getValue(), new BsonInt32(0)));
        return without;
    }
}

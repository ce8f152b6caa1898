package io.flywatch.runner.adapter.yaml;

import io.flywatch.runner.step.Change;
import io.flywatch.runner.step.CreateCollection;
import io.flywatch.runner.step.CreateIndex;
import io.flywatch.runner.step.Insert;
import io.flywatch.runner.step.Step;
import io.flywatch.runner.step.Update;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bson.BsonDocument;

/** Reads one step: an object with one key, the step's kind. */
final class StepParser {
    private static final List<String> KINDS = List.of("createCollection", "createIndex", "insert", "update");
    private static final String COLLECTION = "Name the collection.";

    private final Flaws flaws;

    StepParser(Flaws flaws) {
        this.flaws = flaws;
    }

    Optional<Step> parse(Located node) {
        String kinds = "Write one of: " + String.join(", ", KINDS) + ".";
        if (!(node instanceof Located.Obj object) || object.members().size() != 1) {
            flaws.add(node.place(), "A step is an object with one key, its kind.", kinds);
            return Optional.empty();
        }
        Located.Member kind = object.members().getFirst();
        if (!KINDS.contains(kind.key())) {
            flaws.add(kind.place(), "The step '" + kind.key() + "' is unknown.", kinds);
            return Optional.empty();
        }
        Fields fields = Fields.of(kind.value(), "the step", flaws);
        Step step = switch (kind.key()) {
            case "createCollection" -> createCollection(fields);
            case "createIndex" -> createIndex(fields);
            case "insert" -> insert(fields);
            default -> update(fields);
        };
        fields.done();
        return Optional.of(step);
    }

    private static CreateCollection createCollection(Fields fields) {
        String collection = fields.text("collection", COLLECTION);
        return new CreateCollection(
                fields.optionalText("name").orElse("createCollection " + collection),
                collection,
                fields.bson("options").orElseGet(BsonDocument::new));
    }

    private CreateIndex createIndex(Fields fields) {
        String collection = fields.text("collection", COLLECTION);
        Optional<Located> keysNode = fields.need("keys", "Write the fields, e.g. { email: 1 }.");
        BsonDocument keys = keysNode.map(it -> Fields.asBson(it, flaws)).orElseGet(BsonDocument::new);
        if (keysNode.isPresent() && keys.isEmpty()) {
            flaws.add(keysNode.get().place(), "The index has no fields.", "Write the fields, e.g. { email: 1 }.");
        }
        String indexName = fields.optionalText("name").orElseGet(() -> defaultName(keys));
        return new CreateIndex(
                "createIndex " + collection + "." + indexName,
                collection,
                indexName,
                keys,
                fields.bson("options").orElseGet(BsonDocument::new));
    }

    private Insert insert(Fields fields) {
        String collection = fields.text("collection", COLLECTION);
        List<BsonDocument> documents = fields.list("documents", "Write at least one document.").stream()
                .map(it -> Fields.asBson(it, flaws))
                .toList();
        return new Insert(fields.optionalText("name").orElse("insert " + collection), collection, documents);
    }

    private Update update(Fields fields) {
        String collection = fields.text("collection", COLLECTION);
        String filterRemedy = "Say which documents; { } stands for all.";
        BsonDocument filter = fields.need("filter", filterRemedy)
                .map(it -> Fields.asBson(it, flaws))
                .orElseGet(BsonDocument::new);
        Change change = fields.need("update", "Write operators, e.g. { $set: … }, or a pipeline as a list.")
                .map(this::change)
                .orElseGet(() -> new Change.Operators(new BsonDocument()));
        int batchSize = fields.whole("batchSize", Update.DEFAULT_BATCH_SIZE, 1, Update.MAX_BATCH_SIZE);
        return new Update(
                fields.optionalText("name").orElse("update " + collection), collection, filter, change, batchSize);
    }

    private Change change(Located node) {
        String remedy = "Write operators, e.g. { $set: … }, or a pipeline as a list of such stages.";
        List<Located> parts = node instanceof Located.Arr array ? array.items() : List.of(node);
        for (Located part : parts) {
            if (part instanceof Located.Obj object) {
                object.members().stream()
                        .filter(it -> !it.key().startsWith("$"))
                        .forEach(it ->
                                flaws.add(it.place(), "'" + it.key() + "' would replace whole documents.", remedy));
            }
        }
        List<BsonDocument> documents =
                parts.stream().map(it -> Fields.asBson(it, flaws)).toList();
        if (documents.isEmpty() || documents.stream().anyMatch(BsonDocument::isEmpty)) {
            flaws.add(node.place(), "The update changes nothing.", remedy);
        }
        return node instanceof Located.Arr
                ? new Change.Pipeline(documents)
                : new Change.Operators(documents.isEmpty() ? new BsonDocument() : documents.getFirst());
    }

    /** As MongoDB's shell and drivers name an index. */
    private static String defaultName(BsonDocument keys) {
        return keys.entrySet().stream()
                .map(it -> it.getKey() + "_"
                        + (it.getValue().isNumber()
                                ? it.getValue().asNumber().intValue()
                                : it.getValue().asString().getValue()))
                .collect(Collectors.joining("_"));
    }
}

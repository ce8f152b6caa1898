package io.flywatch.runner.adapter.yaml;

import io.flywatch.runner.step.CreateCollection;
import io.flywatch.runner.step.CreateIndex;
import io.flywatch.runner.step.DropCollection;
import io.flywatch.runner.step.DropIndex;
import io.flywatch.runner.step.RenameCollection;
import io.flywatch.runner.step.SetValidator;
import io.flywatch.runner.step.Step;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.BsonDocument;

/** Reads the steps that change what collections are. */
final class DefinitionSteps {
    static final String COLLECTION = "Name the collection.";
    private static final String KEYS = "Write the fields, e.g. { email: 1 }.";

    private final Flaws flaws;

    DefinitionSteps(Flaws flaws) {
        this.flaws = flaws;
    }

    void addTo(Map<String, Function<Fields, Step>> kinds) {
        kinds.put("createCollection", DefinitionSteps::createCollection);
        kinds.put("dropCollection", DefinitionSteps::dropCollection);
        kinds.put("renameCollection", DefinitionSteps::renameCollection);
        kinds.put("createIndex", this::createIndex);
        kinds.put("dropIndex", this::dropIndex);
        kinds.put("setValidator", this::setValidator);
    }

    private static Step createCollection(Fields fields) {
        String collection = fields.text("collection", COLLECTION);
        return new CreateCollection(
                fields.optionalText("name").orElse("createCollection " + collection),
                collection,
                fields.bson("options").orElseGet(BsonDocument::new));
    }

    private static Step dropCollection(Fields fields) {
        String collection = fields.text("collection", COLLECTION);
        return new DropCollection(fields.optionalText("name").orElse("dropCollection " + collection), collection);
    }

    private static Step renameCollection(Fields fields) {
        String collection = fields.text("collection", COLLECTION);
        String to = fields.text("to", "Write the new name.", it -> !it.equals(collection));
        return new RenameCollection(
                fields.optionalText("name").orElse("renameCollection " + collection + " to " + to), collection, to);
    }

    private Step createIndex(Fields fields) {
        String collection = fields.text("collection", COLLECTION);
        fields.need("keys", KEYS);
        BsonDocument keys = keys(fields);
        String indexName = fields.optionalText("name").orElseGet(() -> defaultName(keys));
        return new CreateIndex(
                "createIndex " + collection + "." + indexName,
                collection,
                indexName,
                keys,
                fields.bson("options").orElseGet(BsonDocument::new));
    }

    private Step dropIndex(Fields fields) {
        String collection = fields.text("collection", COLLECTION);
        Optional<String> name = fields.optionalText("name");
        BsonDocument keys = keys(fields);
        if (name.isEmpty() && keys.isEmpty() && fields.find("keys").isEmpty()) {
            flaws.add(
                    fields.place(),
                    "It isn't said which index.",
                    "Write its 'name', or its 'keys' if it has the usual name.");
        }
        String indexName = name.orElseGet(() -> defaultName(keys));
        if (indexName.equals("_id_")) {
            flaws.add(fields.place(), "The index on _id can't be dropped.", "Remove the step.");
        }
        return new DropIndex("dropIndex " + collection + "." + indexName, collection, indexName);
    }

    private BsonDocument keys(Fields fields) {
        Optional<Located> node = fields.find("keys");
        BsonDocument keys = node.map(it -> Fields.asBson(it, flaws)).orElseGet(BsonDocument::new);
        if (node.isPresent() && keys.isEmpty()) {
            flaws.add(node.get().place(), "The index has no fields.", KEYS);
        }
        keys.forEach((key, direction) -> {
            if (!direction.isNumber() && !direction.isString()) {
                flaws.add(node.orElseThrow().place(), "The direction of '" + key + "' is no number and no text.", KEYS);
            }
        });
        return keys;
    }

    private Step setValidator(Fields fields) {
        String collection = fields.text("collection", COLLECTION);
        Optional<Located> node = fields.need("validator", "Write a filter, e.g. { $jsonSchema: … }; { } for none.");
        return new SetValidator(
                fields.optionalText("name").orElse("setValidator " + collection),
                collection,
                node.map(it -> Fields.asBson(it, flaws)).orElseGet(BsonDocument::new),
                SetValidator.Level.valueOf(upper(fields.oneOf("level", "strict", "off", "strict", "moderate"))),
                SetValidator.Reaction.valueOf(upper(fields.oneOf("action", "error", "error", "warn"))));
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }

    /** As MongoDB's shell and drivers name an index. */
    private static String defaultName(BsonDocument keys) {
        return keys.entrySet().stream()
                .map(it -> it.getKey() + "_"
                        + (it.getValue().isNumber()
                                ? it.getValue().asNumber().intValue()
                                : it.getValue().isString()
                                        ? it.getValue().asString().getValue()
                                        : ""))
                .collect(Collectors.joining("_"));
    }
}

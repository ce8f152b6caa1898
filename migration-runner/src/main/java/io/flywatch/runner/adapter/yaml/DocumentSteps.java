package io.flywatch.runner.adapter.yaml;

import io.flywatch.runner.step.Aggregate;
import io.flywatch.runner.step.Change;
import io.flywatch.runner.step.Delete;
import io.flywatch.runner.step.Expect;
import io.flywatch.runner.step.Insert;
import io.flywatch.runner.step.JavaStep;
import io.flywatch.runner.step.Pacing;
import io.flywatch.runner.step.RunCommand;
import io.flywatch.runner.step.Step;
import io.flywatch.runner.step.Update;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bson.BsonDocument;

/** Reads the steps that change or look at documents. */
final class DocumentSteps {
    private static final String COLLECTION = DefinitionSteps.COLLECTION;
    private static final String FILTER = "Say which documents; { } stands for all.";
    private static final String OPERATORS =
            "Write operators, e.g. { $set: … }, or a pipeline as a list of such stages.";

    private final Flaws flaws;

    DocumentSteps(Flaws flaws) {
        this.flaws = flaws;
    }

    void addTo(Map<String, Function<Fields, Step>> kinds) {
        kinds.put("insert", this::insert);
        kinds.put("update", this::update);
        kinds.put("aggregate", this::aggregate);
        kinds.put("delete", this::delete);
        kinds.put("runCommand", this::runCommand);
        kinds.put("expect", this::expect);
        kinds.put("java", this::java);
    }

    private Step insert(Fields fields) {
        String collection = fields.text("collection", COLLECTION);
        List<BsonDocument> documents = fields.list("documents", "Write at least one document.").stream()
                .map(it -> Fields.asBson(it, flaws))
                .toList();
        return new Insert(fields.optionalText("name").orElse("insert " + collection), collection, documents);
    }

    private Step update(Fields fields) {
        String collection = fields.text("collection", COLLECTION);
        BsonDocument filter = document(fields, "filter", FILTER);
        Change change = fields.need("update", OPERATORS)
                .map(this::change)
                .orElseGet(() -> new Change.Operators(new BsonDocument()));
        String name = fields.optionalText("name").orElse("update " + collection);
        return new Update(name, collection, filter, change, pacing(fields));
    }

    private Step delete(Fields fields) {
        String collection = fields.text("collection", COLLECTION);
        BsonDocument filter = document(fields, "filter", FILTER);
        String name = fields.optionalText("name").orElse("delete " + collection);
        return new Delete(name, collection, filter, pacing(fields));
    }

    private static Pacing pacing(Fields fields) {
        return new Pacing(
                fields.whole("batchSize", Pacing.DEFAULT_BATCH_SIZE, 1, Pacing.MAX_BATCH_SIZE),
                fields.whole("workers", 1, 1, Pacing.MAX_WORKERS),
                fields.duration("targetLatency").orElse(null),
                fields.duration("maxLag").orElse(null));
    }

    private Step aggregate(Fields fields) {
        String collection = fields.text("collection", COLLECTION);
        String remedy = "Write the stages as a list; the last is $merge or $out.";
        List<Located> nodes = fields.list("pipeline", remedy);
        List<BsonDocument> stages =
                nodes.stream().map(it -> Fields.asBson(it, flaws)).toList();
        if (!nodes.isEmpty()
                && !stages.getLast().containsKey("$merge")
                && !stages.getLast().containsKey("$out")) {
            flaws.add(nodes.getLast().place(), "The aggregation writes nothing.", remedy);
        }
        String name = fields.optionalText("name").orElse("aggregate " + collection);
        return new Aggregate(name, collection, stages, fields.truth("repeatable"));
    }

    private Step runCommand(Fields fields) {
        String remedy = "Write the command as MongoDB takes it, its name first, e.g. { collMod: orders, … }.";
        Optional<Located> node = fields.need("command", remedy);
        BsonDocument command = node.map(it -> Fields.asBson(it, flaws)).orElseGet(BsonDocument::new);
        if (node.isPresent() && command.isEmpty()) {
            flaws.add(node.get().place(), "The command is empty.", remedy);
        }
        String name =
                fields.optionalText("name").orElse("runCommand " + (command.isEmpty() ? "" : command.getFirstKey()));
        boolean admin = fields.oneOf("on", "database", "database", "admin").equals("admin");
        return new RunCommand(name, command, admin, fields.truth("repeatable"));
    }

    private Step expect(Fields fields) {
        String collection = fields.text("collection", COLLECTION);
        BsonDocument filter = fields.bson("filter").orElseGet(BsonDocument::new);
        int count = fields.whole("count", -1, 0, Integer.MAX_VALUE);
        int least = fields.whole("atLeast", -1, 0, Integer.MAX_VALUE);
        int most = fields.whole("atMost", -1, 0, Integer.MAX_VALUE);
        boolean exact = fields.find("count").isPresent();
        boolean range =
                fields.find("atLeast").isPresent() || fields.find("atMost").isPresent();
        if (exact == range || range && most >= 0 && least > most) {
            flaws.add(
                    fields.place(),
                    "It isn't clear how many documents are expected.",
                    "Write 'count' (0: no document), or 'atLeast', 'atMost' or both.");
        }
        Expect expect = new Expect(
                "",
                collection,
                filter,
                exact ? count : Math.max(0, least),
                exact ? count : most >= 0 ? most : Expect.ANY);
        String name = fields.optionalText("name").orElse("expect " + expect.expected() + " in " + collection);
        return new Expect(name, collection, filter, expect.least(), expect.most());
    }

    private Step java(Fields fields) {
        String bean = fields.text("bean", "Name the bean: the name() of a JavaChange.");
        return new JavaStep(
                fields.optionalText("name").orElse("java " + bean),
                bean,
                "",
                fields.bson("with").orElseGet(BsonDocument::new));
    }

    private BsonDocument document(Fields fields, String key, String remedy) {
        return fields.need(key, remedy).map(it -> Fields.asBson(it, flaws)).orElseGet(BsonDocument::new);
    }

    private Change change(Located node) {
        List<Located> parts = node instanceof Located.Arr array ? array.items() : List.of(node);
        for (Located part : parts) {
            if (part instanceof Located.Obj object) {
                object.members().stream()
                        .filter(it -> !it.key().startsWith("$"))
                        .forEach(it ->
                                flaws.add(it.place(), "'" + it.key() + "' would replace whole documents.", OPERATORS));
            }
        }
        List<BsonDocument> documents =
                parts.stream().map(it -> Fields.asBson(it, flaws)).toList();
        if (documents.isEmpty() || documents.stream().anyMatch(BsonDocument::isEmpty)) {
            flaws.add(node.place(), "The update changes nothing.", OPERATORS);
        }
        return node instanceof Located.Arr
                ? new Change.Pipeline(documents)
                : new Change.Operators(documents.isEmpty() ? new BsonDocument() : documents.getFirst());
    }
}

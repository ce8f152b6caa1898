package io.flywatch.runner.adapter.mongo;

import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.step.Aggregate;
import io.flywatch.runner.step.CreateCollection;
import io.flywatch.runner.step.CreateIndex;
import io.flywatch.runner.step.Delete;
import io.flywatch.runner.step.DropCollection;
import io.flywatch.runner.step.DropIndex;
import io.flywatch.runner.step.Expect;
import io.flywatch.runner.step.Insert;
import io.flywatch.runner.step.JavaStep;
import io.flywatch.runner.step.RenameCollection;
import io.flywatch.runner.step.RunCommand;
import io.flywatch.runner.step.SetValidator;
import io.flywatch.runner.step.Step;
import io.flywatch.runner.step.Update;
import java.util.List;
import java.util.Locale;
import org.bson.BsonArray;

/** Says in a sentence what a step would do to the database as it is now. */
final class Intentions {
    private Intentions() {}

    static String of(Step step, Books books, List<String> warnings) {
        boolean there =
                Definitions.collection(books.database(), step.collection()).isPresent();
        return switch (step) {
            case CreateCollection it -> {
                warn(warnings, () -> Definitions.check(books.database(), it));
                yield there ? "nothing: the collection is there" : "create the collection " + it.collection();
            }
            case CreateIndex it -> {
                warn(warnings, () -> Definitions.check(books.database(), it));
                yield "create the index %s %s on %s"
                        .formatted(it.indexName(), it.keys().toJson(), it.collection());
            }
            case DropCollection it -> {
                long documents = there ? books.collection(it.collection()).estimatedDocumentCount() : 0;
                yield there
                        ? "drop the collection %s with about %d documents".formatted(it.collection(), documents)
                        : "nothing: there is no collection " + it.collection();
            }
            case RenameCollection it -> "rename %s to %s".formatted(it.collection(), it.to());
            case DropIndex it -> "drop the index %s of %s".formatted(it.indexName(), it.collection());
            case SetValidator it ->
                "check documents of %s (level %s, action %s)"
                        .formatted(it.collection(), lower(it.level()), lower(it.reaction()));
            case Insert it ->
                "insert %d documents into %s".formatted(it.documents().size(), it.collection());
            case Update it -> "change what matches in %s: %s".formatted(it.collection(), json(it));
            case Delete it -> "delete what matches in " + it.collection();
            case Aggregate it -> {
                if (!it.isRepeatable()) {
                    warnings.add(
                            "It is not repeated if the runner is lost meanwhile, unless it says repeatable: true.");
                }
                yield "write what an aggregation of %s computes into %s".formatted(it.collection(), it.into());
            }
            case RunCommand it -> {
                if (!it.repeatable()) {
                    warnings.add(
                            "It is not repeated if the runner is lost meanwhile, unless it says repeatable: true.");
                }
                yield "run " + it.command().toJson();
            }
            case Expect it -> "expect " + it.expected() + " in " + it.collection();
            case JavaStep it -> "call the Java change %s, version %s".formatted(it.bean(), it.version());
        };
    }

    private static String json(Update update) {
        String json = update.change().content() instanceof BsonArray stages
                ? stages.getValues().toString()
                : update.change().content().toString();
        return json.length() > 200 ? json.substring(0, 200) + "…" : json;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static void warn(List<String> warnings, Runnable check) {
        try {
            check.run();
        } catch (RunFailure e) {
            warnings.add(e.text());
        }
    }
}

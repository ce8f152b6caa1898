package io.flywatch.runner.adapter.yaml;

import io.flywatch.runner.changeset.ChangeSet;
import io.flywatch.runner.changeset.Version;
import io.flywatch.runner.step.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads steps: each an object with one key, the step's kind, and perhaps what undoes it. */
final class StepParser {
    private static final String ROLLBACK = "rollback";

    private final Flaws flaws;
    private final Map<String, Function<Fields, Step>> kinds = new LinkedHashMap<>();

    StepParser(Flaws flaws) {
        this.flaws = flaws;
        new DefinitionSteps(flaws).addTo(kinds);
        new DocumentSteps(flaws).addTo(kinds);
    }

    ChangeSet changeSet(Version version, String description, List<Located> nodes) {
        List<Step> steps = new ArrayList<>();
        Map<Integer, List<Step>> rollbacks = new HashMap<>();
        for (Located node : nodes) {
            step(node, true).ifPresent(steps::add);
            rollback(node).ifPresent(it -> rollbacks.put(steps.size(), it));
        }
        return new ChangeSet(version, description, steps, rollbacks);
    }

    private Optional<Step> step(Located node, boolean mayHaveRollback) {
        List<Located.Member> members = node instanceof Located.Obj object
                ? object.members().stream()
                        .filter(it -> !mayHaveRollback || !it.key().equals(ROLLBACK))
                        .toList()
                : List.of();
        String remedy = "Write one of: " + String.join(", ", kinds.keySet()) + ".";
        if (members.size() != 1) {
            flaws.add(
                    node.place(),
                    "A step is an object with one key, its kind"
                            + (mayHaveRollback ? ", and perhaps 'rollback'." : "."),
                    remedy);
            return Optional.empty();
        }
        Located.Member kind = members.getFirst();
        Function<Fields, Step> parser = kinds.get(kind.key());
        if (parser == null) {
            flaws.add(kind.place(), "The step '" + kind.key() + "' is unknown.", remedy);
            return Optional.empty();
        }
        Fields fields = Fields.of(kind.value(), "the step", flaws);
        Step step = parser.apply(fields);
        fields.done();
        return Optional.of(step);
    }

    /** An empty list says that there is nothing to undo. */
    private Optional<List<Step>> rollback(Located node) {
        if (!(node instanceof Located.Obj object)) {
            return Optional.empty();
        }
        Optional<Located> found = object.members().stream()
                .filter(it -> it.key().equals(ROLLBACK))
                .map(Located.Member::value)
                .findFirst();
        if (found.isPresent() && found.get() instanceof Located.Arr array) {
            return Optional.of(array.items().stream()
                    .flatMap(it -> step(it, false).stream())
                    .toList());
        }
        found.ifPresent(it -> flaws.add(
                it.place(),
                "'rollback' is no list.",
                "Write the steps that undo this one, or [ ] if nothing is to be undone."));
        return Optional.empty();
    }
}

package io.flywatch.runner.ledger;

import io.flywatch.runner.changeset.ChangeSet;
import io.flywatch.runner.changeset.Version;
import io.flywatch.runner.run.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a rollback undoes, and what forbids it; decided as a whole, before anything is touched. */
public final class RollbackRules {
    private RollbackRules() {}

    /** The answer. */
    public sealed interface Decision {
        /** These are to be undone, the newest first. */
        record RollBack(List<Part> parts) implements Decision {
            public RollBack {
                parts = List.copyOf(parts);
            }
        }

        /** Nothing may be undone. */
        record Refuse(String why) implements Decision {}
    }

    /** One change set and what the ledger says of it. */
    public record Part(ChangeSet changeSet, Entry entry) {}

    /** Compares what is declared with what was done. */
    public static Decision decide(List<ChangeSet> declared, List<Entry> ledger, Undo undo) {
        List<Entry> live = ledger.stream()
                .filter(it -> it.state() != Entry.State.ROLLED_BACK)
                .sorted((one, other) -> other.version().compareTo(one.version()))
                .toList();
        List<Entry> chosen = live.stream().filter(it -> isMeant(it, undo)).toList();
        if (chosen.isEmpty()) {
            return new Decision.Refuse("There is nothing to roll back: the ledger has no change set %s."
                    .formatted(
                            switch (undo) {
                                case Undo.OfRun run -> "of run " + run.runId();
                                case Undo.After after -> "after version " + after.version();
                            }));
        }
        Optional<Entry> above = live.stream()
                .filter(it -> !chosen.contains(it))
                .filter(it -> it.version().compareTo(chosen.getLast().version()) > 0)
                .findFirst();
        if (above.isPresent()) {
            return new Decision.Refuse("Change set %s was applied after %s, by run %s. Roll that back first."
                    .formatted(
                            above.get().version(),
                            chosen.getLast().version(),
                            above.get().run()));
        }
        Map<Version, ChangeSet> byVersion = declared.stream().collect(Collectors.toMap(ChangeSet::version, it -> it));
        List<Part> parts = new ArrayList<>();
        for (Entry entry : chosen) {
            ChangeSet changeSet = byVersion.get(entry.version());
            Optional<String> why = changeSet == null ? Optional.of(undeclared(entry)) : forbids(changeSet, entry);
            if (why.isPresent() || changeSet == null) {
                return new Decision.Refuse(why.orElseThrow());
            }
            parts.add(new Part(changeSet, entry));
        }
        return new Decision.RollBack(parts);
    }

    private static boolean isMeant(Entry entry, Undo undo) {
        return switch (undo) {
            case Undo.OfRun run -> entry.run().equals(run.runId());
            case Undo.After after -> entry.version().compareTo(new Version(after.version())) > 0;
        };
    }

    private static String undeclared(Entry entry) {
        return "Change set %s is in the ledger and not in the file any more. Put it back, so that it is known what to undo."
                .formatted(entry.version());
    }

    private static Optional<String> forbids(ChangeSet changeSet, Entry entry) {
        if (entry.whole() && !entry.checksum().equals(changeSet.checksum())) {
            return Optional.of("Change set %s was edited after it had been applied. Undo the edit, and roll back then."
                    .formatted(changeSet.version()));
        }
        List<String> without = new ArrayList<>();
        for (int place = 1; place <= changeSet.steps().size(); place++) {
            if (entry.mayHaveDone(place) && changeSet.rollback(place).isEmpty()) {
                without.add("step %d (%s)"
                        .formatted(place, changeSet.steps().get(place - 1).name()));
            }
        }
        return without.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "Change set %s can't be rolled back, as it isn't said how to undo %s. Write rollback: [ … ] beside the step; an empty list if nothing is to be undone. Nothing was touched."
                                .formatted(changeSet.version(), String.join(", ", without)));
    }
}

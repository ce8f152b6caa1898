package io.flywatch.runner.ledger;

import io.flywatch.runner.changeset.ChangeSet;
import io.flywatch.runner.changeset.Version;
import io.flywatch.runner.step.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is left to be applied, and what forbids it. */
public final class LedgerRules {
    private LedgerRules() {}

    /** The answer for a whole migration. */
    public sealed interface Decision {
        /** These are to be applied, in order. */
        record Apply(List<ChangeSet> changeSets) implements Decision {
            public Apply {
                changeSets = List.copyOf(changeSets);
            }
        }

        /** Nothing may be applied. */
        record Refuse(String why) implements Decision {}
    }

    /** Compares what is declared with what was done. */
    public static Decision decide(List<ChangeSet> declared, List<Entry> ledger) {
        Map<Version, Entry> entries = byVersion(ledger);
        List<ChangeSet> open = new ArrayList<>();
        for (ChangeSet changeSet : declared) {
            Optional<Entry> entry = Optional.ofNullable(entries.get(changeSet.version()));
            if (entry.isPresent() && entry.get().state() == Entry.State.ROLLING_BACK) {
                return new Decision.Refuse(
                        "Change set %s is rolled back in part. Finish the rollback first: it goes on where it stopped."
                                .formatted(changeSet.version()));
            }
            if (entry.isPresent() && entry.get().isApplied()) {
                if (!open.isEmpty()) {
                    return new Decision.Refuse(
                            "Change set %s is not applied, but the later %s is. Give it a version after the last one that is applied."
                                    .formatted(open.getFirst().version(), changeSet.version()));
                }
                if (!entry.get().checksum().equals(changeSet.checksum())) {
                    return new Decision.Refuse(
                            ("Change set %s was edited after it had been applied: the ledger has checksum %s, the file has %s."
                                            + " Undo the edit, and put what is new into a change set of its own.")
                                    .formatted(
                                            changeSet.version(),
                                            shortened(entry.get().checksum()),
                                            shortened(changeSet.checksum())));
                }
            } else {
                Optional<String> edited = entry.flatMap(it -> editedStep(changeSet, it));
                if (edited.isPresent()) {
                    return new Decision.Refuse(edited.get());
                }
                open.add(changeSet);
            }
        }
        return new Decision.Apply(open);
    }

    static Map<Version, Entry> byVersion(List<Entry> ledger) {
        Map<Version, Entry> entries = new HashMap<>();
        ledger.forEach(it -> entries.put(it.version(), it));
        return entries;
    }

    /** A change set that failed may be corrected, but not in the steps that were begun: their documents may be changed already. */
    private static Optional<String> editedStep(ChangeSet changeSet, Entry entry) {
        return entry.begun().entrySet().stream()
                .filter(it -> !it.getValue().equals(checksum(changeSet, it.getKey())))
                .map(it ->
                        ("Step %d of change set %s was edited after it had been begun. Undo the edit; only steps that were not begun"
                                        + " may be changed.")
                                .formatted(it.getKey(), changeSet.version()))
                .findFirst();
    }

    private static String checksum(ChangeSet changeSet, int place) {
        List<Step> steps = changeSet.steps();
        return place >= 1 && place <= steps.size() ? steps.get(place - 1).checksum() : "";
    }

    private static String shortened(String checksum) {
        return checksum.substring(0, Math.min(12, checksum.length()));
    }
}

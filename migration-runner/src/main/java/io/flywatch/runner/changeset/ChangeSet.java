package io.flywatch.runner.changeset;

import io.flywatch.runner.step.Checksum;
import io.flywatch.runner.step.Expect;
import io.flywatch.runner.step.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One version of a {@code mongodb} migration: applied once, as a whole, in the order of versions.
 *
 * @param version its place in the order
 * @param description for a person; not part of the checksum
 * @param steps what it does, in order
 * @param rollbacks what undoes a step, by the step's place from 1; not part of the checksum, so that it can be written later
 */
public record ChangeSet(Version version, String description, List<Step> steps, Map<Integer, List<Step>> rollbacks) {
    public ChangeSet {
        steps = List.copyOf(steps);
        rollbacks = Map.copyOf(rollbacks);
    }

    /** What tells whether an applied change set was edited: it covers what the steps do, not how they are described or paced. */
    public String checksum() {
        return Checksum.of(steps.stream().map(Step::checksum).toList());
    }

    /** What undoes the step at a place, in order; nothing to do for a check; absent if nobody said. */
    public Optional<List<Step>> rollback(int place) {
        List<Step> declared = rollbacks.get(place);
        if (declared == null && steps.get(place - 1) instanceof Expect) {
            return Optional.of(List.of());
        }
        return Optional.ofNullable(declared);
    }
}

package io.flywatch.runner.changeset;

import io.flywatch.runner.step.Checksum;
import io.flywatch.runner.step.Step;
import java.util.List;

/**
 * One version of a {@code mongodb} migration: applied once, as a whole, in the order of versions.
 *
 * @param version its place in the order
 * @param description for a person; not part of the checksum
 * @param steps what it does, in order
 */
public record ChangeSet(Version version, String description, List<Step> steps) {
    public ChangeSet {
        steps = List.copyOf(steps);
    }

    /** What tells whether an applied change set was edited: it covers what the steps do, not how they are described or paced. */
    public String checksum() {
        return Checksum.of(steps.stream().map(Step::checksum).toList());
    }
}

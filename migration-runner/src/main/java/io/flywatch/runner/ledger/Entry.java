package io.flywatch.runner.ledger;

import io.flywatch.runner.changeset.Version;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the ledger says of one change set.
 *
 * @param checksum of the whole change set, as it was when it was begun
 * @param run which worked on it last
 * @param whole whether all of it was done at one time; else only the steps in {@code touched} can have had an effect
 * @param begun the checksums of its steps that may have changed documents, by place
 * @param touched the places of all steps that were begun, as far as that is still known
 */
public record Entry(
        Version version,
        State state,
        String checksum,
        String run,
        boolean whole,
        Map<Integer, String> begun,
        Set<Integer> touched) {
    public Entry {
        begun = Map.copyOf(begun);
        touched = Set.copyOf(touched);
    }

    /** How far it is. */
    public enum State {
        /** Begun, and not all of it is done. */
        APPLYING,
        /** All of it is done. */
        APPLIED,
        /** Some of it may be undone. */
        ROLLING_BACK,
        /** All of it is undone, as if it had never been applied. */
        ROLLED_BACK;

        /** As it is kept. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** From what was kept. */
        public static State of(String label) {
            return Arrays.stream(values())
                    .filter(it -> it.label().equals(label))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("the ledger has an unknown state: " + label));
        }
    }

    /** Whether the step at a place may have had an effect that is still there. */
    public boolean mayHaveDone(int place) {
        return state != State.ROLLED_BACK && (whole || touched.contains(place));
    }

    /** Whether all of it is done. */
    public boolean isApplied() {
        return state == State.APPLIED;
    }
}

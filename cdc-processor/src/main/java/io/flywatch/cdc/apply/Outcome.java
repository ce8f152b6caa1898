package io.flywatch.cdc.apply;

import io.flywatch.cdc.change.Key;
import java.util.Map;

/** What became of a batch. */
public sealed interface Outcome {

    /** It is at the target, durably. */
    record Applied() implements Outcome {}

    /**
     * The target will never take some of its rows, for their own sake. Nothing of the batch counts as applied.
     *
     * @param reasons why, by the row's key; names no value of the row
     */
    record Refused(Map<Key, String> reasons) implements Outcome {
        public Refused {
            reasons = Map.copyOf(reasons);
        }
    }

    /** Another replica has taken the partition. */
    record Fenced(String reason) implements Outcome {}

    /** The target can't write so much at once, in the time or with the space that it gives a transaction: less is to be tried. */
    record TooMuch(String reason) implements Outcome {}

    /** The target can't be reached or can't work now; the same batch is to be tried again. */
    record Away(String reason) implements Outcome {}
}

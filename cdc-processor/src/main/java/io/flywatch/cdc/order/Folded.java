package io.flywatch.cdc.order;

import io.flywatch.cdc.change.Key;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What the changes of a batch come to.
 *
 * @param truncated whether the table is emptied first
 * @param writes one for each key, in no order that matters
 * @param leaving rows to be kept until they arrive under their new keys
 * @param arrived keys whose rows need not be kept any longer, as they have arrived
 */
public record Folded(boolean truncated, List<Write> writes, List<Leaving> leaving, Set<Key> arrived) {
    public Folded {
        writes = List.copyOf(writes);
        leaving = List.copyOf(leaving);
        arrived = Set.copyOf(arrived);
    }

    Folded(boolean truncated, Collection<Write> writes, Collection<Leaving> leaving, Set<Key> arrived) {
        this(truncated, List.copyOf(writes), List.copyOf(leaving), arrived);
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return !truncated && writes.isEmpty() && leaving.isEmpty() && arrived.isEmpty();
    }
}

package io.flywatch.cdc.order;

import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Shape;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

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

    /** The shapes of the rows, each once. */
    public List<Shape> shapes() {
        Stream<Shape> kept = leaving.stream()
                .map(Leaving::known)
                .flatMap(row -> row == null ? Stream.empty() : Stream.of(row.shape()));
        return Stream.concat(shapesOfWrites(), kept).distinct().toList();
    }

    /** The shapes of the rows that are written, each once. */
    public List<Shape> written() {
        return shapesOfWrites().distinct().toList();
    }

    private Stream<Shape> shapesOfWrites() {
        return writes.stream().flatMap(write -> switch (write) {
            case Write.Replace replace -> Stream.of(replace.row().shape());
            case Write.Patch patch -> Stream.of(patch.row().shape());
            case Write.Move move -> Stream.of(move.row().shape());
            case Write.Delete delete -> Stream.empty();
        });
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return !truncated && writes.isEmpty() && leaving.isEmpty() && arrived.isEmpty();
    }
}

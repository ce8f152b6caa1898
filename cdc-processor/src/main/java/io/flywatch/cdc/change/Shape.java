package io.flywatch.cdc.change;

import java.util.Collections;
import java.util.List;

/**
 * Which columns a row has, and of which types. Rows that were read with the same schema share one shape, so two shapes are first
 * compared by identity.
 *
 * @param names the columns' names, in the source's order
 * @param types their types, in the same order
 */
public record Shape(List<String> names, List<ColumnType> types) {
    public Shape {
        names = List.copyOf(names);
        types = List.copyOf(types);
        if (names.size() != types.size()) {
            throw new IllegalArgumentException(names.size() + " names and " + types.size() + " types");
        }
    }

    /** Columns whose types nobody told. */
    public static Shape untyped(List<String> names) {
        return new Shape(names, Collections.nCopies(names.size(), ColumnType.UNKNOWN));
    }

    /** Every row is asked for it, and names tell shapes apart well enough. */
    @Override
    public int hashCode() {
        return names.hashCode();
    }

    /** The number of columns. */
    public int size() {
        return names.size();
    }

    /** A column's type; unknown for one that is not there. */
    public ColumnType typeOf(String name) {
        int place = names.indexOf(name);
        return place < 0 ? ColumnType.UNKNOWN : types.get(place);
    }
}

package io.flywatch.cdc.change;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which columns a row has, and of which types. Rows that were read with the same schema share one shape, so two shapes are first
 * compared by identity.
 *
 * @param names the columns' names, in the source's order
 * @param types their types, in the same order
 * @param defaults their defaults at the source, in the same order; null for none, and where the source does not tell it
 */
public record Shape(List<String> names, List<ColumnType> types, List<@Nullable Object> defaults) {
    public Shape {
        names = List.copyOf(names);
        types = List.copyOf(types);
        defaults = Collections.unmodifiableList(new ArrayList<>(defaults));
        if (names.size() != types.size() || names.size() != defaults.size()) {
            throw new IllegalArgumentException(
                    names.size() + " names, " + types.size() + " types and " + defaults.size() + " defaults");
        }
    }

    /** Columns without defaults. */
    public Shape(List<String> names, List<ColumnType> types) {
        this(names, types, Collections.nCopies(names.size(), null));
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

package io.flywatch.cdc.order;

import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Row;
import org.jspecify.annotations.Nullable;

/** The one write that a key's changes come to. */
public sealed interface Write {

    /** What is written. */
    Key key();

    /**
     * The row is exactly this.
     *
     * @param row complete
     */
    record Replace(Key key, Row row) implements Write {}

    /**
     * The row has these values, and keeps those that are unavailable here.
     *
     * @param row not complete
     */
    record Patch(Key key, Row row) implements Write {}

    /**
     * The row has these values, and those that are unavailable here from the row that stood under another key.
     *
     * @param row not complete
     * @param origin where the rest of the row stands
     */
    record Move(Key key, Row row, Origin origin) implements Write {}

    /** The row is gone. */
    record Delete(Key key) implements Write {}

    /** The write for a row that is now {@code row}, where {@code before} is what the batch knew of it. */
    static Write of(Key key, Row row, @Nullable Write before) {
        return switch (before) {
            case Replace earlier -> partial(key, row.filledFrom(earlier.row()));
            case Patch earlier -> partial(key, row.filledFrom(earlier.row()));
            case Move earlier -> moved(key, row.filledFrom(earlier.row()), earlier.origin());
            case Delete gone -> partial(key, row);
            case null -> partial(key, row);
        };
    }

    /** The write for a row that came from another key, where {@code left} is what the batch knew of it. */
    static Write arrived(Key key, Row row, Key from, @Nullable Leaving left) {
        if (left == null) {
            return moved(key, row, new Origin(from, key));
        }
        Row filled = left.known() == null ? row : row.filledFrom(left.known());
        return left.origin() == null ? partial(key, filled) : moved(key, filled, left.origin());
    }

    private static Write partial(Key key, Row row) {
        return row.isComplete() ? new Replace(key, row) : new Patch(key, row);
    }

    private static Write moved(Key key, Row row, Origin origin) {
        return row.isComplete() ? new Replace(key, row) : new Move(key, row, origin);
    }
}

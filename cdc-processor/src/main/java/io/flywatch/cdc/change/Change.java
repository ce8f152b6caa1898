package io.flywatch.cdc.change;

import org.jspecify.annotations.Nullable;

/** What happened to one row, or to all of a table. */
public sealed interface Change {

    /**
     * The row is there, with these values.
     *
     * @param movedFrom the row's key before, if the change of its key is why this row is new
     */
    record Put(Key key, Row row, @Nullable Key movedFrom) implements Change {}

    /**
     * The row is gone.
     *
     * @param movedTo the row's new key, if the change of its key is why it is gone
     */
    record Delete(Key key, @Nullable Key movedTo) implements Change {}

    /** All rows of the table are gone. */
    record Truncate() implements Change {}
}

package io.flywatch.cdc.change;

/** What a record of a topic of changes turned out to be. */
public sealed interface Decoded {

    /** A change. */
    record Of(Captured captured) implements Decoded {}

    /** Nothing to do: a tombstone, or a message that is about no row. */
    record Nothing() implements Decoded {}

    /**
     * Not readable as a change.
     *
     * @param key what tells the record's key from others
     * @param reason what is wrong with it; names no value of the row
     */
    record Unreadable(String key, String reason) implements Decoded {}
}

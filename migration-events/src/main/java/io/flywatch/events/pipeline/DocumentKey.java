package io.flywatch.events.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * How the key of a row stands in its document.
 *
 * @param form what {@code _id} is; null for the usual: the value of a key of one column, else a document
 * @param asFields whether the key's columns are fields beside {@code _id}, too
 */
public record DocumentKey(@Nullable Form form, boolean asFields) {
    /** What {@code _id} is. */
    public enum Form {
        /** The value of the key's only column. */
        VALUE,
        /** A document of the key's columns in the key's order, even if there is only one. */
        DOCUMENT
    }
}

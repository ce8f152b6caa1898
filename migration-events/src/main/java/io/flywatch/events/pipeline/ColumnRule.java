package io.flywatch.events.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of one column on its way.
 *
 * @param column its name at the source
 * @param name its name at the target; null to keep it
 * @param action what becomes of its values
 * @param value of {@link Action#CAST} the type, of {@link Action#FIXED} the text; else null
 */
public record ColumnRule(
        String column,
        @Nullable String name,
        Action action,
        @Nullable String value) {
    /** What becomes of a column's values. */
    public enum Action {
        /** They stay as they are. */
        KEEP,
        /** The column does not exist at the target. */
        DROP,
        /** They become values of another type. */
        CAST,
        /** They become a keyed hash, equal for equal values. */
        HASH,
        /** They become null. */
        NULL,
        /** They become one and the same text; null stays null. */
        FIXED
    }
}

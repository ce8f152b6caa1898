package io.flywatch.cdc.change;

import java.util.Locale;

/** What was done to a row; a closed set, fit for a metric's label. */
public enum Operation {
    SNAPSHOT,
    CREATE,
    UPDATE,
    DELETE,
    TRUNCATE;

    /** As a label. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.flywatch.cdc.apply;

/** How often a change takes effect. */
public enum Guarantee {
    /** Rows and position are written in one transaction. */
    EXACTLY_ONCE("exactly once"),
    /** The target has no transactions: after a failure the last batch may be written again, to the same effect. */
    AT_LEAST_ONCE("at least once, idempotently"),
    /** The target has not been reached yet. */
    UNKNOWN("unknown until the target is reached");

    private final String text;

    Guarantee(String text) {
        this.text = text;
    }

    /** For a person. */
    public String text() {
        return text;
    }
}

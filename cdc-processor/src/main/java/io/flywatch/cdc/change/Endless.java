package io.flywatch.cdc.change;

/** PostgreSQL's dates and timestamps beyond all others. */
public enum Endless {
    FUTURE("infinity"),
    PAST("-infinity");

    private final String text;

    Endless(String text) {
        this.text = text;
    }

    /** As PostgreSQL writes it. */
    public String text() {
        return text;
    }
}

package io.flywatch.quickstart.screen;

/** How a piece of news feels. */
public enum Tone {
    PLAIN,
    GOOD,
    BAD,
    /** Somebody was told. */
    LETTER
}

package io.flywatch.quickstart.trouble;

import java.time.Duration;

/** Something that can be broken for a while, and mended. */
public interface Trouble {

    /** What it is called on the command line. */
    String name();

    /** What is broken, for a person. */
    String explanation();

    /** How long it stays broken. */
    Duration lasts();

    /** Breaks it. */
    void begin() throws Exception;

    /** Called a few times a second while it is broken. */
    default void go() throws Exception {}

    /** Mends it; also called if {@link #begin()} failed. */
    void end() throws Exception;
}

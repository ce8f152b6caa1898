package io.flywatch.system.stand;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps libraries from telling what only their authors want to know. */
public final class Quietly {
    private static final Logger ROOT = Logger.getLogger("");

    private Quietly() {}

    /** From now on only what went wrong is logged. */
    public static void please() {
        ROOT.setLevel(Level.SEVERE);
    }
}

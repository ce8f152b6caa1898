package io.flywatch.runner;

import java.util.Locale;

/** What became of a command that came by Kafka: a closed set, fit for a metric's label. */
public enum CommandOutcome {
    /** A run. */
    STARTED,
    /** The run that an earlier command with the same key started. */
    REPEATED,
    /** The dead letters: understood, but not possible. */
    REFUSED,
    /** The dead letters: not understood. */
    MALFORMED;

    /** As it is written in labels. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

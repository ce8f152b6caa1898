package io.flywatch.runner.replication;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The steps of a replication's run, in order. */
public enum Phase {
    /** Source, target, Kafka and Kafka Connect are looked at; nothing is changed. */
    CHECK,
    /** The heartbeat's table, the connector and the pipeline are set up. */
    CONNECT,
    /** The rows that were there before the start are moved. */
    SNAPSHOT,
    /** Source and target are compared while changes are moved; only if the migration's file says so. */
    VERIFY,
    /** Changes are moved as they come, until somebody ends the run. */
    STREAM;

    /** The step's name. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The names of a run's steps, in order.
     *
     * @param verifies whether its migration wants to be verified
     */
    public static List<String> names(boolean verifies) {
        return Arrays.stream(values())
                .filter(phase -> verifies || phase != VERIFY)
                .map(Phase::label)
                .toList();
    }
}
